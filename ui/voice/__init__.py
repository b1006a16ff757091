"""What the terminal says aloud: by whose voice, in which words, and what it never says."""
