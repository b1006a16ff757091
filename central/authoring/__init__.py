"""Building catalogue packages on the platform: reading the authoring folder, pinyin, checks, signing."""
