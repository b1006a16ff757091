"""A rehearsal: the whole chain on this machine, troubled on purpose, and afterwards everything counted.

`chain` keeps platform, line, agent and counter running, each a process of its own; `counter` is the process in which
visits are walked; `menu` are the troubles; `counting` is the report. Nobody in it is real.
"""
