"""Lists every text of the interface, in every language of the plugin.

A value is a text, or a mapping from CLDR plural categories to texts. `{n}` and other names in
braces are replaced by values. If a language lacks a text, readers see the English one.
"""

from collections.abc import Mapping

Text = str | Mapping[str, str]

TABLE: Mapping[str, Mapping[str, Text]] = {
    "year_before_common_era": {"en": "{year} BCE", "de": "{year} v. Chr."},
    # spoilers
    "spoiler_title": {"en": "Spoiler", "de": "Spoiler"},
    "spoiler_word": {"en": "spoiler", "de": "Spoiler"},
    "spoiler_hide": {"en": "hide", "de": "ausblenden"},
    "spoiler_no_script": {
        "en": "This spoiler requires JavaScript.",
        "de": "Für diesen Spoiler wird JavaScript benötigt.",
    },
    "spoilers_show": {"en": "Show all spoilers", "de": "Alle Spoiler anzeigen"},
    "spoilers_hide": {"en": "Hide all spoilers", "de": "Alle Spoiler ausblenden"},
    "spoilers_open": {
        "en": {"one": "{open} of {n} spoiler shown", "other": "{open} of {n} spoilers shown"},
        "de": {
            "one": "{open} von {n} Spoiler offen",
            "other": "{open} von {n} Spoilern offen",
        },
    },
    # how far have you read? `{at}` is the field for a number
    "how_far": {"en": "How far have you read?", "de": "Lesestand"},
    "how_far_in": {"en": "How far have you read {title}?", "de": "Lesestand in {title}"},
    "at_chapter": {"en": "Chapter {at}", "de": "Kapitel {at}"},
    "at_chapter_of": {"en": "Chapter {at} of {chapters}", "de": "Kapitel {at} von {chapters}"},
    "at_percent": {"en": "{at}% of the book", "de": "{at} % des Buchs"},
    "have_read": {"en": "I have read it", "de": "Ganz gelesen"},
    # comments
    "comments_title": {"en": "Comments", "de": "Kommentare"},
    "comments_from": {
        "en": "Comments are hosted by {name} ({host}).",
        "de": "Die Kommentare kommen von {name} ({host}).",
    },
    "comments_spoilers": {
        "en": "They may contain spoilers.",
        "de": "Sie können Spoiler enthalten.",
    },
    "comments_show": {"en": "Show comments", "de": "Kommentare anzeigen"},
    "comments_retry": {"en": "Try again", "de": "Noch einmal versuchen"},
    "comments_loading": {
        "en": "Loading comments from {host} …",
        "de": "Kommentare werden von {host} geladen …",
    },
    "comments_failed": {
        "en": "Comments could not be loaded.",
        "de": "Die Kommentare konnten nicht geladen werden.",
    },
    "comments_silent": {
        "en": "Comments could not be loaded. {host} does not answer, or your browser blocks it.",
        "de": "Die Kommentare konnten nicht geladen werden. {host} antwortet nicht oder wird vom"
        " Browser blockiert.",
    },
    "comments_blocked": {
        "en": "Comments could not be loaded, because this site does not let your browser use"
        " {host}.",
        "de": "Die Kommentare konnten nicht geladen werden, weil diese Website den"
        " Zugriff auf {host} nicht erlaubt.",
    },
    "comments_unknown": {
        "en": "Comments could not be loaded. {host} does not know this site.",
        "de": "Die Kommentare konnten nicht geladen werden. {host} kennt diese Website nicht.",
    },
    "comments_page": {
        "en": "Read the comments there",
        "de": "Die Kommentare dort lesen",
    },
    "comments_unsent": {
        "en": "The comment was not sent. Your text is still here; please try again.",
        "de": "Der Kommentar wurde nicht gesendet. Der Text ist noch da; bitte noch einmal"
        " versuchen.",
    },
    "comments_vote_up": {"en": "Vote up", "de": "Dafür stimmen"},
    "comments_vote_down": {"en": "Vote down", "de": "Dagegen stimmen"},
    "comments_spoiler": {"en": "spoiler", "de": "Spoiler"},
    "comments_offline": {
        "en": "Comments are not available when the page is opened as a local file.",
        "de": "Kommentare sind nicht verfügbar, wenn die Seite als lokale Datei geöffnet wird.",
    },
    "comments_no_script": {
        "en": "Comments require JavaScript.",
        "de": "Für Kommentare wird JavaScript benötigt.",
    },
    "comments_closed": {
        "en": "Comments are closed.",
        "de": "Die Kommentare sind geschlossen.",
    },
    "comments_preview_missing": {
        "en": "To try comments locally, install the comment server and restart mkdocs serve:",
        "de": "Um Kommentare lokal auszuprobieren, den Kommentarserver installieren und"
        " mkdocs serve neu starten:",
    },
    "comments_preview_stopped": {
        "en": "The comment server of the preview is not running; the terminal says why.",
        "de": "Der Kommentarserver der Vorschau läuft nicht; der Grund steht im Terminal.",
    },
    # replies on a social network
    "comments_reply": {"en": "Reply", "de": "Antworten"},
    "comments_reply_to": {
        "en": "Reply to {name} on {host}",
        "de": "Antworten auf {name} bei {host}",
    },
    "comments_reply_on": {"en": "Reply on {host}", "de": "Antworten bei {host}"},
    "comments_answers": {"en": "in reply to {name}", "de": "Antwort auf {name}"},
    "comments_replies": {"en": "Replies: {n}", "de": "Antworten: {n}"},
    "comments_boosts": {"en": "Shared: {n}", "de": "Geteilt: {n}"},
    "comments_likes": {"en": "Likes: {n}", "de": "Gefällt mir: {n}"},
    "comments_empty": {"en": "No replies yet.", "de": "Noch keine Antworten."},
    "comments_more": {"en": "More replies on {host}", "de": "Weitere Antworten bei {host}"},
    "comments_gone": {
        "en": "Comments could not be loaded. The post was deleted, or {host} does not show it to"
        " everyone.",
        "de": "Die Kommentare konnten nicht geladen werden. Der Beitrag wurde gelöscht oder"
        " ist auf {host} nicht öffentlich.",
    },
    "comments_picture": {"en": "Picture", "de": "Bild"},
    "comments_sensitive": {"en": "sensitive content", "de": "sensibler Inhalt"},
    # old comments
    "archive_title": {
        "en": {"one": "{n} thought on “{title}”", "other": "{n} thoughts on “{title}”"},
        "de": {"one": "{n} Gedanke zu „{title}“", "other": "{n} Gedanken zu „{title}“"},
    },
    "archive_count": {
        "en": {"one": "{n} comment", "other": "{n} comments"},
        "de": {"one": "{n} Kommentar", "other": "{n} Kommentare"},
    },
    "archive_anonymous": {"en": "Anonymous", "de": "Anonym"},
    "archive_removed": {
        "en": "A comment was removed.",
        "de": "Ein Kommentar wurde entfernt.",
    },
    "archive_likes": {
        "en": {"one": "Liked by {n} person", "other": "Liked by {n} people"},
        "de": {"one": "Gefällt {n} Person", "other": "Gefällt {n} Personen"},
    },
    # cards
    "rated": {"en": "{value} out of {best}", "de": "{value} von {best}"},
    "not_rated": {"en": "Not rated", "de": "Ohne Bewertung"},
    "by": {"en": "by {names}", "de": "von {names}"},
    "and": {"en": "{first} and {last}", "de": "{first} und {last}"},
    "and_more": {"en": "{names} and {n} more", "de": "{names} und {n} weitere"},
    "pages": {
        "en": {"one": "{n} page", "other": "{n} pages"},
        "de": {"one": "{n} Seite", "other": "{n} Seiten"},
    },
    "hours": {"en": "{hours} h {minutes} min", "de": "{hours} Std. {minutes} Min."},
    "minutes": {"en": "{minutes} min", "de": "{minutes} Min."},
    "series_part": {"en": "Part {position} of {name}", "de": "Band {position} von {name}"},
    "series_parts": {"en": "Parts {position} of {name}", "de": "Bände {position} von {name}"},
    "series": {"en": "Part of {name}", "de": "Aus der Reihe {name}"},
    "cover_of": {"en": "Cover of {title}", "de": "Cover von {title}"},
    "about_edition": {"en": "About this edition", "de": "Zu dieser Ausgabe"},
    "book_facts": {"en": "About the book", "de": "Zum Buch"},
    "blurb": {"en": "From the publisher", "de": "Vom Verlag"},
    "themes": {"en": "Themes", "de": "Themen"},
    "original": {"en": "Original", "de": "Original"},
    "title_in": {"en": "{title} ({language})", "de": "{title} ({language})"},
    "first_published": {"en": "First published", "de": "Erstmals erschienen"},
    "language": {"en": "Language", "de": "Sprache"},
    "format": {"en": "Format", "de": "Format"},
    "genres": {"en": "Genre", "de": "Genre"},
    "moods": {"en": "Mood", "de": "Stimmung"},
    "pace": {"en": "Pace", "de": "Tempo"},
    "length": {"en": "Length", "de": "Umfang"},
    "read": {"en": "Read", "de": "Gelesen"},
    "reading": {"en": "Reading", "de": "Lektüre"},
    "read_on": {"en": "Read {when}", "de": "Gelesen {when}"},
    "read_times": {
        "en": {"one": "Read {n} time", "other": "Read {n} times"},
        "de": {"one": "{n}-mal gelesen", "other": "{n}-mal gelesen"},
    },
    "read_often": {
        "en": "Read {n} times, most recently {when}",
        "de": "{n}-mal gelesen, zuletzt {when}",
    },
    "read_in": {"en": "{when} ({n} times)", "de": "{when} ({n}-mal)"},
    "status_reading": {"en": "Currently reading", "de": "Lese ich gerade"},
    "status_paused": {"en": "Paused", "de": "Pausiert"},
    "status_to_read": {"en": "To read", "de": "Möchte ich lesen"},
    "status_stopped": {"en": "Did not finish", "de": "Abgebrochen"},
    "stopped_at": {
        "en": "Did not finish (stopped at {at}, {when})",
        "de": "Abgebrochen bei {at} ({when})",
    },
    "stopped_there": {
        "en": "Did not finish (stopped at {at})",
        "de": "Abgebrochen bei {at}",
    },
    "stopped_on": {"en": "Did not finish ({when})", "de": "Abgebrochen ({when})"},
    "about": {"en": "about {date}", "de": "etwa {date}"},
    "date_unknown": {"en": "Date unknown", "de": "Datum unbekannt"},
    "times_unknown": {
        "en": {"one": "{n} time, date unknown", "other": "{n} times, dates unknown"},
        "de": {"one": "{n}-mal, Datum unbekannt", "other": "{n}-mal, Daten unbekannt"},
    },
    "begun": {"en": "started {start}", "de": "begonnen {start}"},
    "from_to": {"en": "{start} to {end}", "de": "{start} bis {end}"},
    "since": {"en": "since {start}", "de": "seit {start}"},
    "reviewed": {"en": "Reviewed", "de": "Besprochen"},
    "reviewed_by": {"en": "{date} by {name}", "de": "{date} von {name}"},
    "reviewed_on": {"en": "reviewed {date}", "de": "besprochen {date}"},
    "reviewed_on_by": {
        "en": "reviewed {date} by {name}",
        "de": "besprochen {date} von {name}",
    },
    "reviewed_who": {"en": "reviewed by {name}", "de": "besprochen von {name}"},
    "updated": {"en": "{date}, updated {updated}", "de": "{date}, aktualisiert am {updated}"},
    "copy": {"en": "My copy", "de": "Mein Exemplar"},
    "copy_bought": {"en": "bought", "de": "gekauft"},
    "copy_library": {"en": "borrowed from a library", "de": "aus der Bibliothek geliehen"},
    "copy_arc": {
        "en": "advance copy from the publisher",
        "de": "Vorabexemplar des Verlags",
    },
    "copy_gift": {"en": "a gift", "de": "ein Geschenk"},
    "copy_netgalley": {"en": "advance copy from NetGalley", "de": "Vorabexemplar von NetGalley"},
    "affiliate": {
        "en": "Links marked “ad” are affiliate links: I earn a little when you buy there.",
        "de": "Mit „Anzeige“ markierte Links sind Affiliate-Links: Wer dort kauft, unterstützt"
        " diese Seite.",
    },
    "ad": {"en": "ad", "de": "Anzeige"},
    "links": {"en": "Find it at", "de": "Zu finden bei"},
    "warnings": {"en": "Content warnings: {n}", "de": "Inhaltswarnungen: {n}"},
    "severity_graphic": {"en": "Graphic", "de": "Drastisch"},
    "severity_moderate": {"en": "Moderate", "de": "Deutlich"},
    "severity_minor": {"en": "Minor", "de": "Am Rande"},
    "quotes": {"en": "Lines worth keeping", "de": "Sätze, die bleiben"},
    "quote_page": {"en": "page {page}", "de": "Seite {page}"},
    "related_book": {
        "en": "Another review of this book",
        "de": "Eine andere Besprechung dieses Buchs",
    },
    "related_earlier": {"en": "Previous in {name}", "de": "Vorheriger Band von {name}"},
    "related_later": {"en": "Next in {name}", "de": "Nächster Band von {name}"},
    "related_author": {"en": "Also by {name}", "de": "Auch von {name}"},
    "related_themes": {"en": "Also about {names}", "de": "Auch über {names}"},
    "related_shares": {"en": "In common: {names}", "de": "Gemeinsam: {names}"},
    "related": {"en": "Related", "de": "Passend dazu"},
    "role_author": {"en": "Written by", "de": "Geschrieben von"},
    "role_translator": {"en": "Translated by", "de": "Übersetzt von"},
    "role_narrator": {"en": "Read by", "de": "Gelesen von"},
    "role_illustrator": {"en": "Illustrated by", "de": "Illustriert von"},
    "role_editor": {"en": "Edited by", "de": "Herausgegeben von"},
    "role_contributor": {"en": "With", "de": "Mit"},
    "review_of": {"en": "A review of {title}", "de": "Eine Besprechung von {title}"},
    "whole_review": {
        "en": "This review discusses the ending.",
        "de": "Diese Besprechung verrät das Ende.",
    },
    "whole_page": {
        "en": "This page contains spoilers.",
        "de": "Diese Seite enthält Spoiler.",
    },
    "whole_read": {"en": "Read it", "de": "Trotzdem lesen"},
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
    "books_waiting": {
        "en": "{books}, {n} more not reviewed yet",
        "de": {
            "one": "{books}, {n} weiteres noch nicht besprochen",
            "other": "{books}, {n} weitere noch nicht besprochen",
        },
    },
    "browse_by": {
        "en": "Browse by theme, author and more",
        "de": "Nach Themen, Namen und mehr stöbern",
    },
    "page_of_list": {"en": "{title}, page {number}", "de": "{title}, Seite {number}"},
    "pages_of_list": {"en": "Pages", "de": "Seiten"},
    "newer": {"en": "Previous page", "de": "Vorige Seite"},
    "older": {"en": "Next page", "de": "Nächste Seite"},
    "column_title": {"en": "Title", "de": "Titel"},
    "column_names": {"en": "Author", "de": "Autor/in"},
    "column_rating": {"en": "Rating", "de": "Bewertung"},
    "column_number": {"en": "Part", "de": "Band"},
    "column_note": {"en": "Note", "de": "Notiz"},
    # the page on which readers choose among all reviews
    "browse": {"en": "Browse", "de": "Stöbern"},
    "browse_text": {"en": "Title or author", "de": "Titel oder Name"},
    "browse_all": {"en": "All", "de": "Alle"},
    "browse_at_least": {"en": "{value} or more", "de": "{value} oder mehr"},
    "browse_status": {"en": "Status", "de": "Status"},
    "browse_sort": {"en": "Sort by", "de": "Sortieren nach"},
    "browse_newest": {"en": "Newest first", "de": "Neueste zuerst"},
    "browse_shown": {"en": "{shown} of {total}", "de": "{shown} von {total}"},
    "browse_reset": {"en": "Clear filters", "de": "Filter zurücksetzen"},
    "browse_none": {"en": "No review matches", "de": "Keine passende Besprechung"},
    "browse_more": {"en": "More filters", "de": "Weitere Filter"},
    "browse_find": {"en": "Find in {title}", "de": "In {title} suchen"},
    "browse_all_of": {"en": "Show all {n}", "de": "Alle {n} anzeigen"},
    "browse_fewer": {"en": "Show fewer", "de": "Weniger anzeigen"},
    "one_authors": {"en": "Author", "de": "Autor/in"},
    "one_series": {"en": "Series", "de": "Reihe"},
    "one_genres": {"en": "Genre", "de": "Genre"},
    "one_years": {"en": "Year", "de": "Jahr"},
    "one_publishers": {"en": "Publisher", "de": "Verlag"},
    "one_languages": {"en": "Language", "de": "Sprache"},
    "one_formats": {"en": "Format", "de": "Format"},
    "one_moods": {"en": "Mood", "de": "Stimmung"},
    "block_empty": {"en": "Nothing here yet.", "de": "Hier gibt es noch nichts."},
    "no_reviews": {
        "en": "No reviews yet. The first will appear here.",
        "de": "Noch keine Besprechungen. Die erste erscheint hier.",
    },
    "no_themes": {
        "en": "No themes yet. They come from the reviews.",
        "de": "Noch keine Themen. Sie kommen aus den Besprechungen.",
    },
    # pages of themes, authors and other terms
    "list_authors": {"en": "Authors", "de": "Autorinnen und Autoren"},
    "list_series": {"en": "Series", "de": "Reihen"},
    "list_genres": {"en": "Genres", "de": "Genres"},
    "list_years": {"en": "Years", "de": "Jahre"},
    "list_shelves": {"en": "Shelves", "de": "Regale"},
    "list_publishers": {"en": "Publishers", "de": "Verlage"},
    "list_languages": {"en": "Languages", "de": "Sprachen"},
    "list_formats": {"en": "Formats", "de": "Formate"},
    "list_ratings": {"en": "Ratings", "de": "Bewertungen"},
    "list_moods": {"en": "Moods", "de": "Stimmungen"},
    "a_to_z": {"en": "A to Z", "de": "A bis Z"},
    "term_parents": {"en": "Belongs to", "de": "Gehört zu"},
    "term_children": {"en": "Includes", "de": "Umfasst"},
    "term_companions": {"en": "Often appears with", "de": "Oft zusammen mit"},
    "term_related": {"en": "See also", "de": "Siehe auch"},
    "term_aliases": {"en": "Also known as {names}.", "de": "Auch bekannt als {names}."},
    "theme_count_below": {
        "en": {"one": "{n} book in subthemes", "other": "{n} books in subthemes"},
        "de": {"one": "{n} Buch in Unterthemen", "other": "{n} Bücher in Unterthemen"},
    },
    "theme_count": {
        "en": {
            "one": "{n} book, {whole} including subthemes",
            "other": "{n} books, {whole} including subthemes",
        },
        "de": {
            "one": "{n} Buch, {whole} mit Unterthemen",
            "other": "{n} Bücher, {whole} mit Unterthemen",
        },
    },
    "term_count_below": {
        "en": {"one": "{n} book in subcategories", "other": "{n} books in subcategories"},
        "de": {"one": "{n} Buch in Unterkategorien", "other": "{n} Bücher in Unterkategorien"},
    },
    "term_count": {
        "en": {
            "one": "{n} book, {whole} including subcategories",
            "other": "{n} books, {whole} including subcategories",
        },
        "de": {
            "one": "{n} Buch, {whole} mit Unterkategorien",
            "other": "{n} Bücher, {whole} mit Unterkategorien",
        },
    },
    "term_hidden": {
        "en": {
            "one": "Hidden in {n} more review, where it would be a spoiler.",
            "other": "Hidden in {n} more reviews, where it would be a spoiler.",
        },
        "de": {
            "one": "In {n} weiteren Besprechung verborgen, weil es dort ein Spoiler wäre.",
            "other": "In {n} weiteren Besprechungen verborgen, weil es dort ein Spoiler wäre.",
        },
    },
    "series_gaps": {
        "en": "Missing from this list: {gaps}.",
        "de": "In dieser Liste fehlt: {gaps}.",
    },
    "weight_central": {"en": "Central", "de": "Zentral"},
    "weight_major": {"en": "Major", "de": "Wichtig"},
    "weight_none": {"en": "Present", "de": "Kommt vor"},
    "weight_minor": {"en": "In passing", "de": "Am Rande"},
    "feed": {"en": "Subscribe (feed)", "de": "Als Feed abonnieren"},
    # descriptions of pages, for search engines and link previews
    "described_reviews": {
        "en": {"one": "Review of {n} book", "other": "Reviews of {n} books"},
        "de": {"one": "Besprechung von {n} Buch", "other": "Besprechungen von {n} Büchern"},
    },
    "described_browse": {
        "en": {
            "one": "{title} by theme, author, rating and more: {n} review",
            "other": "{title} by theme, author, rating and more: {n} reviews",
        },
        "de": {
            "one": "{title} nach Thema, Name, Bewertung und mehr: {n} Besprechung",
            "other": "{title} nach Thema, Name, Bewertung und mehr: {n} Besprechungen",
        },
    },
    "described_stats": {
        "en": {
            "one": "{title} by month and year: {n} book read",
            "other": "{title} by month and year: {n} books read",
        },
        "de": {
            "one": "{title} nach Monat und Jahr: {n} gelesenes Buch",
            "other": "{title} nach Monat und Jahr: {n} gelesene Bücher",
        },
    },
    "described_index": {
        "en": {
            "one": "{title}: {n} entry for {books}",
            "other": "{title}: {n} entries for {books}",
        },
        "de": {
            "one": "{title}: {n} Eintrag für {books}",
            "other": "{title}: {n} Einträge für {books}",
        },
    },
    "described_term": {"en": "{name}: {books}", "de": "{name}: {books}"},
    "described_year": {"en": "{name}: {books} read", "de": "{name}: {books} gelesen"},
    "described_waiting": {
        "en": "{text}, not reviewed yet",
        "de": "{text}, noch nicht besprochen",
    },
    "described_name": {"en": "{name} ({list})", "de": "{name} ({list})"},
    "described_title": {"en": "“{title}”", "de": "„{title}“"},
    "described_book": {"en": "{title} by {names}", "de": "{title} von {names}"},
    "described_all": {"en": "{text} ({names})", "de": "{text} ({names})"},
    "described_among": {"en": "{text}, among them {names}", "de": "{text}, darunter {names}"},
    "described_sentence": {"en": "{text}.", "de": "{text}."},
    # reading statistics
    "stats": {"en": "Reading statistics", "de": "Lesestatistik"},
    "stats_of_year": {"en": "{year} in numbers", "de": "{year} in Zahlen"},
    "stats_books": {"en": "Books", "de": "Bücher"},
    "stats_again": {"en": "Reread", "de": "Erneut gelesen"},
    "stats_pages": {"en": "Pages", "de": "Seiten"},
    "stats_minutes": {"en": "Listening time", "de": "Hörzeit"},
    "stats_rating": {"en": "Average rating", "de": "Bewertung im Schnitt"},
    "stats_days": {"en": "Days per book", "de": "Tage pro Buch"},
    "stats_longest": {"en": "Longest", "de": "Längstes Buch"},
    "stats_shortest": {"en": "Shortest", "de": "Kürzestes Buch"},
    "stats_book": {"en": "{title}, {pages}", "de": "{title}, {pages}"},
    "stats_unmeasured": {"en": "Length unknown", "de": "Umfang unbekannt"},
    "authors_new": {"en": "{n} new", "de": "{n} neu"},
    "authors_again": {"en": "{n} returning", "de": "{n} schon bekannt"},
    "authors_often": {
        "en": "{n} ({often} read more than once)",
        "de": "{n} ({often} mehrmals gelesen)",
    },
    "stats_by_year": {"en": "Books by year", "de": "Bücher pro Jahr"},
    "stats_by_month": {"en": "Books by month", "de": "Bücher pro Monat"},
    "stats_pages_by_year": {"en": "Pages by year", "de": "Seiten pro Jahr"},
    "stats_pages_by_month": {"en": "Pages by month", "de": "Seiten pro Monat"},
    "stats_by_theme": {"en": "Themes over time", "de": "Themen im Lauf der Zeit"},
    "stats_paler": {"en": "Lighter: rereads.", "de": "Heller: erneut gelesen."},
    "stats_columns": {
        "en": "Each column is a year, from {first} to {last}.",
        "de": "Jede Säule steht für ein Jahr, von {first} bis {last}.",
    },
    "stats_most": {"en": "Most: {names} ({count}).", "de": "Am meisten: {names} ({count})."},
    "stats_table": {"en": "Table", "de": "Tabelle"},
    "stats_table_of": {"en": "Table: {title}", "de": "Tabelle: {title}"},
    "stats_year": {"en": "Year", "de": "Jahr"},
    "stats_month": {"en": "Month", "de": "Monat"},
    "stats_no_month": {"en": "Month unknown", "de": "Monat unbekannt"},
    "stats_one_rating": {"en": "Rating", "de": "Bewertung"},
    "stats_times": {"en": "Times read", "de": "Wie oft gelesen"},
    "stats_theme": {"en": "Theme", "de": "Thema"},
    "stats_total": {"en": "All years", "de": "Alle Jahre"},
    "not_said": {"en": "Not specified", "de": "Ohne Angabe"},
    "moved": {"en": "This page has moved to {title}.", "de": "Diese Seite ist umgezogen: {title}."},
}
