"""Control is heard where it is told in plain words, and what looks like it is not."""

from __future__ import annotations

import pytest

from attunement.reading.violence import tells_of_violence


@pytest.mark.parametrize(
    "text",
    [
        "He put an AirTag in my bag.", "my ex has put a gps tracker under my car", "this man hid a tracker on me",
        "I found a tracking device under my car and it was my ex.", "My stepdad has a camera in the bathroom.",
        "My boyfriend put a camera in our bedroom without telling me.", "my brother hid a spy camera in my room",
        "My husband goes through my phone every night.", "She reads my messages when I'm asleep.",
        "He makes me show him every receipt.", "He makes me hand over my receipts when I get home.",
        "my wife checks all my receipts",
        "My ex made fake accounts to watch me.", "My ex turns up outside my work every day.",
        "My landlord comes in while I'm in the shower.", "He sulks for days unless I sleep with him.",
        "my husband gets angry if I don't have sex with him", "My partner won't let me see a doctor.",
        "My boss took my passport and won't give it back.", "My manager keeps commenting on my legs.",
        "My uncle says it's our little secret.",
    ],
)  # fmt: skip
def test_being_watched_pressed_or_kept_is_heard(text: str) -> None:
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    [
        "He put a tracker on my car in case it gets stolen.", "I found an AirTag in my bag that I had lost.",
        "My dad put a tracker on the dog.", "He put a name tag on my coat.", "We put a camera in the nursery.",
        "He has a camera in the bathroom cabinet.", "My son has a camera in his room.",
        "He checks my phone because he fixes it for me.", "My husband checks the receipts for the tax return.",
        "He made a new account to follow me back.", "My ex turns up at my house every Friday to get the kids.",
        "My landlord came in while I was at work.", "He sulks if I don't cook.",
        "My mum won't let me see the doctor until Monday.", "My mum keeps my passport safe in the drawer.",
        "My coach said my legs are strong.", "My uncle told me our secret recipe.",
        "My teacher said our secret santa is on Friday.", "My husband never checks my phone without asking.",
        "He never put a tracker on my car.", "My manager never makes comments about my body.",
        "Grandpa says it's our little secret that we ate the cake.",
        "My brother said the surprise party is our secret.",
        "My mum fell and she won't let me call an ambulance.", "My mum is ill and won't let me ring the doctor.",
        "My dad has chest pain but he won't let me call an ambulance.", "He won't let me go to the doctor with him.",
        "They took my papers and won't mark them.", "My flatmate kept my documents and will not lose them.",
        "My manager talks to me about my chest infection.", "My boss messages me about my breast cancer treatment.",
        "My boss talks about my body language.", "I found a fitness tracker in my bag.",
        "She installed a period tracker on my phone.", "He made a new profile to contact me about work.",
        "She makes me show receipts at work.",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert not tells_of_violence(text)
