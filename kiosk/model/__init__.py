"""The nouns of the field as frozen dataclasses. They hold meaning and no behaviour beyond it.

Times are aware UTC datetimes; dates that people read are dates in Asia/Shanghai.
"""
