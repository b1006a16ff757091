"""Bytes to bytes: content keys, wraps, sealed records, signatures and signed statements. No file, no network.

Every sealed thing begins with one suite byte, so that another suite (SM2/SM3/SM4) can follow without a new wire.
"""
