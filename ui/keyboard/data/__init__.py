"""Words, characters and names by their sounds, made by `packaging/build_pinyin.py`; licences in LICENCE.txt."""
