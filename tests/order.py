"""Which test files begin first: a long file that begins last keeps one worker busy while the others stand idle.

pytest-xdist begins the files with most tests first, and the longest files of this suite have one test each.
"""

# Taken from a run that noted every file's time, longest first. A long file missing here costs time, and nothing else.
LONGEST_FIRST = (
    "tests/ui/test_every_screen.py",
    "tests/devices/test_page_pipeline.py",
    "tests/devices/test_page_sandbox.py",
    "tests/sync/test_hub.py",
    "tests/devices/test_ipp_printing.py",
    "tests/ui/test_feedback.py",
    "tests/ui/test_camera_screen.py",
    "tests/stacks/test_social_cards.py",
    "tests/stacks/test_conformance.py",
    "tests/devices/test_example_driver.py",
    "tests/devices/test_camera.py",
    "tests/ui/test_open_prints.py",
    "tests/ui/test_fingerprint.py",
    "tests/ui/test_afterwards.py",
    "tests/stacks/test_self_test.py",
    "tests/powercut/test_powercut.py",
    "tests/stacks/test_conformance_of_services.py",
    "tests/ui/test_goldens.py",
    "tests/journeys/test_doctor.py",
    "tests/ui/test_elsewhere.py",
    "tests/stacks/test_cups_queue.py",
    "tests/journeys/test_demo.py",
    "tests/sync/test_steps.py",
    "tests/journeys/test_technicians.py",
    "tests/ui/test_reading_up.py",
    "tests/ui/test_gallery.py",
    "tests/ui/test_brought_files.py",
    "tests/sync/test_storm.py",
    "tests/local_db/test_upgrades.py",
    "tests/journeys/test_operators.py",
    "tests/kiosk/test_staffing.py",
    "tests/ui/test_voice.py",
    "tests/devices/test_escpos_troubles.py",
    "tests/devices/test_phone_and_stick.py",
    "tests/stacks/test_sam_lines.py",
    "tests/sync/test_service.py",
    "tests/journeys/test_rehearse.py",
    "tests/devices/test_page_worker.py",
    "tests/devices/test_escl_scanner.py",
    "tests/ui/test_reach.py",
    "tests/ui/test_other_ways.py",
    "tests/ui/test_random_touches.py",
    "tests/faults/test_kills.py",
    "tests/journeys/test_bulk.py",
    "tests/sync/test_course.py",
    "tests/journeys/test_republished.py",
)

_PLACES = {name: place for place, name in enumerate(LONGEST_FIRST)}


def place(nodeid: str) -> int:
    """Where a test stands in line; those of all files that are not long stand together at the end."""
    return _PLACES.get(nodeid.partition("::")[0], len(_PLACES))
