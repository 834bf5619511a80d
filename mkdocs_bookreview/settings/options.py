"""Reads the plugin's options as settings, and reports what is wrong with them."""

from collections.abc import Callable, Iterator, Mapping

from mkdocs_bookreview.model.names import fold, slug
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.card import FACTS, suggest_fact
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.settings import FURTHER, OWN_KEYS, THEMES, USUAL, Settings
from mkdocs_bookreview.settings.typed import read_typed


def read_settings(
    options: Mapping[str, object],
    marks: Marks | None = None,
    is_file: Callable[[str], bool] = lambda _: True,
) -> tuple[Settings, list[Problem]]:
    """Return the settings and the problems; invalid options have their default values.

    `is_file` returns whether a data file exists, by its path from the folder of `mkdocs.yml`.
    """
    marks = marks or Marks("mkdocs.yml")
    found, problems = read_typed(Settings, options, marks)
    settings = found or Settings()
    if not _has_wrong_scale(settings, options):
        problems += _check_words(settings, marks)
    problems += _check_links(settings, marks)
    problems += _check_taxonomies(settings, marks)
    problems += _check_paths(settings, marks)
    problems += _check_files(settings, marks, is_file)
    problems += _check_card(settings, marks)
    return settings, problems


def _has_wrong_scale(settings: Settings, options: Mapping[str, object]) -> bool:
    """Return whether `scale` or `step` is invalid, because `words` cannot be checked then."""
    written = options.get("rating")
    keys = {"scale", "step"}.intersection(written if isinstance(written, Mapping) else ())
    return not keys <= settings.rating.model_fields_set


def _check_words(settings: Settings, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each rating in `rating.words` that no review can have."""
    rating = settings.rating
    for value in rating.words:
        if not rating.has(value):
            span = f"{rating.lowest:f} to {rating.scale} in steps of {rating.step:f}"
            what = f"`rating.words.{value}` must be a rating: {span}."
            fix = "Write one of these ratings instead, or leave it out."
            yield Problem(marks.place(("rating", "words", str(value))), what, fix)


def _check_links(settings: Settings, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each link without a name, and for each name that appears twice."""
    seen: dict[str, str] = {}
    for name in settings.links:
        place, key = marks.place(("links", name)), fold(name)
        if not key:
            fix = "Write the name that readers see before the address, such as `Open Library`."
            yield Problem(place, "`links` has a link without a name.", fix)
        elif key in seen:
            yield Problem(
                place, f"`links.{name}` and `links.{seen[key]}` are the same name.", "Keep one."
            )
        else:
            seen[key] = name


def _check_taxonomies(settings: Settings, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each name in `taxonomies` that is misplaced, or lacks its plural `s`."""
    for name in OWN_KEYS:
        if name in settings.taxonomies:
            place = marks.place(("taxonomies", name))
            what = f"`taxonomies.{name}` is in the wrong place."
            yield Problem(
                place, what, f"Write `{name}:` below `bookreview:`, and not below `taxonomies:`."
            )
    for name in settings.own_keys:
        meant = f"{name.lower()}s"
        if meant in {THEMES, *USUAL, *FURTHER}:
            place = marks.place(("taxonomies", name))
            what = f"`taxonomies.{name}` is not the name of a list."
            yield Problem(place, what, f"Did you mean `{meant}`?")


def _check_paths(settings: Settings, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each folder of pages that contains, or is in, a folder of other pages."""
    pages = {name: str(one.path) for name, one in settings.pages.items()}
    folders = pages | {name: str(one.path) for name, one in settings.grouped_by.items()}
    chosen = (settings.themes, settings.browse, settings.stats)
    paths = dict(zip(OWN_KEYS, chosen, strict=True)) | dict(settings.taxonomies)
    # Names with a path that the author chose come last, because each name is compared with the
    # names before it, and the report should name the option that the author set, not a default.
    ordered = sorted(folders, key=lambda name: bool((one := paths.get(name)) and one.path))
    for number, name in enumerate(ordered):
        path = folders[name].casefold()
        reviews = ["reviews"] if path == settings.reviews.path.casefold() else []
        around = [one for one in ordered[:number] if path.startswith(folders[one].casefold())]
        inside = [one for one in ordered[:number] if folders[one].casefold().startswith(path)]
        for other in [*reviews, *around, *inside][:1]:
            key = _key(name)
            what = (
                f"`{'.'.join(key)}.path` must not be in the folder of `{other}`, and must not"
                " contain that folder,"
            )
            fix = f"Write for example `path: by-{slug(name)}/`."
            yield Problem(marks.place((*key, "path")), f"{what} but is `{folders[name]}`.", fix)


def _check_files(
    settings: Settings, marks: Marks, is_file: Callable[[str], bool]
) -> Iterator[Problem]:
    """Yield a problem for each missing file that an option names or depends on."""
    for name, file in settings.vocabularies.items():
        is_named = name != THEMES or settings.themes.vocabulary
        key = "vocabulary" if is_named else "mode"
        if (is_named or settings.themes.mode != "open") and not is_file(file):
            path = (*_key(name), key)
            what = f"`{'.'.join(path)}` needs the file `{file}`, which does not exist."
            fix = (
                f"Create this file beside `{marks.file}`, for example with the line `memory:"
                " Memory`."
            )
            yield Problem(marks.place(path), what, fix)


def _check_card(settings: Settings, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each name that the card does not know, or that appears twice."""
    known = {*FACTS, *settings.own_keys}
    seen: set[str] = set()
    for key, names in (("facts", settings.card.facts), ("more", settings.card.more or ())):
        # A list that the author did not write is not checked, because it has the default names.
        written = names if key in settings.card.model_fields_set else ()
        for number, name in enumerate(written):
            place = marks.place(("card", key, number))
            if name not in known:
                fix = suggest_fact(name, known)
                yield Problem(place, f"`card.{key}` names `{name}`, which is not a fact.", fix)
            elif name in seen:
                yield Problem(place, f"`{name}` appears twice in `card`.", "Keep one.")
            seen.add(name)


def _key(name: str) -> tuple[str, ...]:
    """Return the path to the options of a taxonomy or a page in `mkdocs.yml`."""
    return (name,) if name in OWN_KEYS else ("taxonomies", name)
