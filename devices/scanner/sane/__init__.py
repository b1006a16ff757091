"""SANE: flatbeds and feeders through libsane, which runs in the program `scanimage` and never in a process of ours."""
