"""The platform's doors, one file each. Every body is a message of `sync.wire`, every refusal a `Refusal`."""
