"""Every word that readers see, in every language we know.

A value is a text, or a mapping of CLDR plural categories to texts. `{n}` and other names in braces
are filled in. A word missing in a language is taken from English.
"""

from collections.abc import Mapping

Text = str | Mapping[str, str]

TABLE: Mapping[str, Mapping[str, Text]] = {
    "year_before_common_era": {"en": "{year} BCE", "de": "{year} v. Chr."},
    # spoilers
    "spoiler_title": {"en": "Spoiler", "de": "Spoiler"},
    "spoiler_word": {"en": "spoiler", "de": "Spoiler"},
    "spoiler_hide": {"en": "hide", "de": "verbergen"},
    "spoilers_show": {"en": "Show all spoilers", "de": "Alle Spoiler zeigen"},
    "spoilers_hide": {"en": "Hide all spoilers", "de": "Alle Spoiler verbergen"},
    "spoilers_open": {
        "en": {"one": "{open} of {n} spoiler open", "other": "{open} of {n} spoilers open"},
        "de": {"one": "{open} von {n} Spoiler offen", "other": "{open} von {n} Spoilern offen"},
    },
    # how far a reader has read; a field for a number stands where `{at}` is
    "how_far": {"en": "How far have you read?", "de": "Wie weit gelesen?"},
    "how_far_in": {"en": "How far have you read {title}?", "de": "Wie weit in {title} gelesen?"},
    "at_chapter": {"en": "Chapter {at}", "de": "Kapitel {at}"},
    "at_chapter_of": {"en": "Chapter {at} of {chapters}", "de": "Kapitel {at} von {chapters}"},
    "at_percent": {"en": "{at} % of the book", "de": "{at} % des Buchs"},
    "have_read": {"en": "I have read it", "de": "Ganz gelesen"},
    # comments
    "comments_title": {"en": "Comments", "de": "Kommentare"},
    "comments_from": {
        "en": "The comments are kept by {name} and come from {host}.",
        "de": "Die Kommentare liegen bei {name} und kommen von {host}.",
    },
    "comments_spoilers": {
        "en": "They may give away what happens in the book.",
        "de": "Sie können verraten, was im Buch geschieht.",
    },
    "comments_show": {"en": "Show comments", "de": "Kommentare zeigen"},
    "comments_retry": {"en": "Try again", "de": "Noch einmal versuchen"},
    "comments_loading": {
        "en": "Loading comments from {host} …",
        "de": "Kommentare werden von {host} geladen …",
    },
    "comments_failed": {
        "en": "The comments did not load. {host} may be down, or blocked in this browser.",
        "de": "Die Kommentare konnten nicht geladen werden. Vielleicht ist {host} gerade nicht"
        " erreichbar oder in diesem Browser gesperrt.",
    },
    "comments_offline": {
        "en": "This page was opened as a file; its comments can be read on the web.",
        "de": "Diese Seite ist als Datei geöffnet; ihre Kommentare stehen im Netz.",
    },
    "comments_no_script": {
        "en": "The comments need JavaScript.",
        "de": "Die Kommentare brauchen JavaScript.",
    },
    "comments_closed": {
        "en": "Comments are closed.",
        "de": "Die Kommentare sind geschlossen.",
    },
    "comments_preview_missing": {
        "en": "To try out comments here, install the comment server and serve the site again:",
        "de": "Um Kommentare hier auszuprobieren, den Kommentarserver installieren und die Seite"
        " neu starten:",
    },
    "comments_preview_stopped": {
        "en": "The comment server of the preview is not running; the terminal says why.",
        "de": "Der Kommentarserver der Vorschau läuft nicht; das Terminal sagt, warum.",
    },
    # cards
    "rated": {"en": "{value} out of {best}", "de": "{value} von {best}"},
    "not_rated": {"en": "Not rated", "de": "Ohne Wertung"},
    "by": {"en": "by {names}", "de": "von {names}"},
    "and": {"en": "{first} and {last}", "de": "{first} und {last}"},
    "pages": {
        "en": {"one": "{n} page", "other": "{n} pages"},
        "de": {"one": "{n} Seite", "other": "{n} Seiten"},
    },
    "hours": {"en": "{hours} h {minutes} min", "de": "{hours} Std. {minutes} Min."},
    "minutes": {"en": "{minutes} min", "de": "{minutes} Min."},
    "series_part": {"en": "Part {position} of {name}", "de": "Teil {position} von {name}"},
    "series_parts": {"en": "Parts {position} of {name}", "de": "Teile {position} von {name}"},
    "series": {"en": "Part of {name}", "de": "Teil von {name}"},
    "cover_of": {"en": "Cover of {title}", "de": "Umschlag von {title}"},
    "book_facts": {"en": "About the book", "de": "Zum Buch"},
    "themes": {"en": "Themes", "de": "Themen"},
    "original": {"en": "Original", "de": "Original"},
    "title_in": {"en": "{title} ({language})", "de": "{title} ({language})"},
    "language": {"en": "Language", "de": "Sprache"},
    "format": {"en": "Format", "de": "Ausgabe"},
    "genres": {"en": "Genre", "de": "Genre"},
    "moods": {"en": "Mood", "de": "Stimmung"},
    "pace": {"en": "Pace", "de": "Tempo"},
    "length": {"en": "Length", "de": "Umfang"},
    "read": {"en": "Read", "de": "Gelesen"},
    "status_reading": {"en": "Reading now", "de": "Lese ich gerade"},
    "status_paused": {"en": "Paused", "de": "Pausiert"},
    "status_to_read": {"en": "To be read", "de": "Noch zu lesen"},
    "status_stopped": {"en": "Not finished", "de": "Nicht beendet"},
    "stopped_at": {"en": "Not finished, stopped at {at}", "de": "Abgebrochen bei {at}"},
    "from_to": {"en": "{start} to {end}", "de": "{start} bis {end}"},
    "since": {"en": "since {start}", "de": "seit {start}"},
    "reviewed": {"en": "Reviewed", "de": "Besprochen"},
    "reviewed_by": {"en": "{date} by {name}", "de": "{date} von {name}"},
    "updated": {"en": "{date}, updated {updated}", "de": "{date}, geändert am {updated}"},
    "copy": {"en": "Copy", "de": "Exemplar"},
    "copy_bought": {"en": "Bought", "de": "Gekauft"},
    "copy_library": {"en": "Borrowed from a library", "de": "Aus einer Bibliothek"},
    "copy_arc": {
        "en": "Advance copy from the publisher",
        "de": "Vorabexemplar des Verlags",
    },
    "copy_gift": {"en": "A gift", "de": "Ein Geschenk"},
    "copy_netgalley": {"en": "Advance copy from NetGalley", "de": "Vorabexemplar von NetGalley"},
    "affiliate": {
        "en": "Links marked “ad” are affiliate links: I earn a little when you buy there.",
        "de": "Mit „Anzeige“ markierte Links sind Affiliate-Links: Wer dort kauft, unterstützt"
        " diese Seite.",
    },
    "ad": {"en": "ad", "de": "Anzeige"},
    "links": {"en": "Find it at", "de": "Zu finden bei"},
    "warnings": {"en": "Content warnings", "de": "Inhaltswarnungen"},
    "severity_graphic": {"en": "Graphic", "de": "Drastisch"},
    "severity_moderate": {"en": "Moderate", "de": "Deutlich"},
    "severity_minor": {"en": "Minor", "de": "Am Rande"},
    "quotes": {"en": "Lines worth keeping", "de": "Sätze, die bleiben"},
    "quote_page": {"en": "page {page}", "de": "Seite {page}"},
    "related_book": {
        "en": "Another review of this book",
        "de": "Eine andere Besprechung dieses Buchs",
    },
    "related_earlier": {"en": "Comes before it in {name}", "de": "Kommt davor in {name}"},
    "related_later": {"en": "Comes after it in {name}", "de": "Kommt danach in {name}"},
    "related_author": {"en": "Also by {name}", "de": "Auch von {name}"},
    "related_shares": {"en": "Shares {names}", "de": "Gemeinsam: {names}"},
    "related": {"en": "Related", "de": "Verwandtes"},
    "role_author": {"en": "Written by", "de": "Geschrieben von"},
    "role_translator": {"en": "Translated by", "de": "Übersetzt von"},
    "role_narrator": {"en": "Read by", "de": "Gelesen von"},
    "role_illustrator": {"en": "Illustrated by", "de": "Illustriert von"},
    "role_editor": {"en": "Edited by", "de": "Herausgegeben von"},
    "review_of": {"en": "A review of {title}", "de": "Eine Besprechung von {title}"},
    "whole_review": {
        "en": "The whole review gives the book away",
        "de": "Die ganze Besprechung verrät das Buch",
    },
    # listings
    "reviews": {"en": "Reviews", "de": "Besprechungen"},
    "reviews_count": {
        "en": {"one": "{n} review", "other": "{n} reviews"},
        "de": {"one": "{n} Besprechung", "other": "{n} Besprechungen"},
    },
    "books_count": {
        "en": {"one": "{n} book", "other": "{n} books"},
        "de": {"one": "{n} Buch", "other": "{n} Bücher"},
    },
    "page_of_list": {"en": "{title}, page {number}", "de": "{title}, Seite {number}"},
    "pages_of_list": {"en": "Pages", "de": "Seiten"},
    "newer": {"en": "Previous page", "de": "Vorige Seite"},
    "older": {"en": "Next page", "de": "Nächste Seite"},
    "column_title": {"en": "Title", "de": "Titel"},
    "column_names": {"en": "Author", "de": "Autor"},
    "column_rating": {"en": "Rating", "de": "Wertung"},
    # the page on which readers choose among all reviews
    "browse": {"en": "Browse", "de": "Stöbern"},
    "browse_text": {"en": "Title or author", "de": "Titel oder Name"},
    "browse_all": {"en": "All", "de": "Alle"},
    "browse_at_least": {"en": "{value} or more", "de": "{value} oder mehr"},
    "browse_status": {"en": "Status", "de": "Stand"},
    "browse_sort": {"en": "Sorted by", "de": "Sortiert nach"},
    "browse_newest": {"en": "Newest first", "de": "Neueste zuerst"},
    "browse_shown": {"en": "{shown} of {total}", "de": "{shown} von {total}"},
    "browse_reset": {"en": "Clear", "de": "Zurücksetzen"},
    "no_reviews": {
        "en": "No reviews yet. The first one will stand here.",
        "de": "Noch keine Besprechungen. Die erste wird hier stehen.",
    },
    "no_themes": {
        "en": "No themes yet. They come from the reviews.",
        "de": "Noch keine Themen. Sie kommen aus den Besprechungen.",
    },
    # pages of themes, and of whatever else books have in common
    "list_themes": {"en": "Themes", "de": "Themen"},
    "list_authors": {"en": "Authors", "de": "Autorinnen und Autoren"},
    "list_series": {"en": "Series", "de": "Reihen"},
    "list_genres": {"en": "Genres", "de": "Genres"},
    "list_years": {"en": "Years", "de": "Jahre"},
    "list_shelves": {"en": "Shelves", "de": "Regale"},
    "list_publishers": {"en": "Publishers", "de": "Verlage"},
    "list_languages": {"en": "Languages", "de": "Sprachen"},
    "list_formats": {"en": "Formats", "de": "Ausgaben"},
    "list_ratings": {"en": "Ratings", "de": "Wertungen"},
    "list_moods": {"en": "Moods", "de": "Stimmungen"},
    "a_to_z": {"en": "A to Z", "de": "A bis Z"},
    "term_parents": {"en": "Part of", "de": "Teil von"},
    "term_children": {"en": "Parts", "de": "Teile"},
    "term_companions": {"en": "Often together with", "de": "Oft zusammen mit"},
    "term_related": {"en": "See also", "de": "Siehe auch"},
    "term_aliases": {"en": "Also called {names}.", "de": "Auch {names} genannt."},
    "term_count_parts": {
        "en": {"one": "{n} book in its parts", "other": "{n} books in its parts"},
        "de": {"one": "{n} Buch in seinen Teilen", "other": "{n} Bücher in seinen Teilen"},
    },
    "term_count": {
        "en": {
            "one": "{n} book, {whole} with its parts",
            "other": "{n} books, {whole} with its parts",
        },
        "de": {
            "one": "{n} Buch, mit allen Teilen {whole}",
            "other": "{n} Bücher, mit allen Teilen {whole}",
        },
    },
    "term_hidden": {
        "en": {
            "one": "In {n} more review it gives the book away, and is hidden.",
            "other": "In {n} more reviews it gives the book away, and is hidden.",
        },
        "de": {
            "one": "In {n} weiteren Besprechung verrät es das Buch und ist verdeckt.",
            "other": "In {n} weiteren Besprechungen verrät es das Buch und ist verdeckt.",
        },
    },
    "series_gaps": {
        "en": "Not reviewed here: {gaps}.",
        "de": "Hier nicht besprochen: {gaps}.",
    },
    "weight_central": {"en": "Central", "de": "Im Mittelpunkt"},
    "weight_major": {"en": "A large part", "de": "Ein großer Teil"},
    "weight_none": {"en": "Part of it", "de": "Ein Teil davon"},
    "weight_minor": {"en": "In passing", "de": "Am Rande"},
    "feed": {"en": "Follow by feed", "de": "Als Feed abonnieren"},
    "moved": {"en": "This page has moved to {title}.", "de": "Diese Seite ist umgezogen: {title}."},
}
