"""Everything that reads bytes from outside, fed with bytes nobody meant: counted, in several processes.

`python -m tests.fuzz --inputs 10000000 --pictures 100000 --jobs 2` walks the whole of it; the suite does a little of it
every time, `./dev prove` more.
"""
