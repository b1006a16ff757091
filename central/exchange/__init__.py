"""What other registers know of a person: the e-licence library, base registries, earlier cases.

Told to one visit at a time, about a person whose chip was read there and who agreed to it, sealed to that visit's key,
and never more than the chosen item asks for. `answering` is the door, `library` what lies here, `known` what is told.
"""
