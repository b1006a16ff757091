"""The on-screen keyboard: a pinyin decoder without Qt, and the panel that shows it."""
