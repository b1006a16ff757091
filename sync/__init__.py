"""The line to the platform: wire, link, agent, schedule, provisioning.

May import `kiosk`; sees neither devices nor the database (it works on the outbox through `kiosk.ports`).
"""
