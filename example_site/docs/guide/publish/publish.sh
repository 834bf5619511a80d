set -e
mkdocs build --strict
rsync --recursive --times --delete site/ ann@ann.example:/var/www/reading/
