"""Files people have are read, whatever they are called; what is broken says how."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.body.files import EDA, NOON, RATE, RR, WARMTH, code_of, one, read, refusal, zipped

from attunement.domain.body import BodySignal, Flaw
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body import archives, e4
from attunement.reading.body.cleaning import clean
from attunement.reading.body.formats import Format
from attunement.reading.body.reader import BodyReader

E4 = {
    "EDA.csv": f"{NOON:.6f}\n4.000000\n" + "0.5\n" * 8,
    "TEMP.csv": f"{NOON:.6f}\n4.000000\n" + "32.1\n" * 8,
    "HR.csv": f"{NOON + 10:.6f}\n1.000000\n70.0\n71.5\n",
    "BVP.csv": f"{NOON:.6f}\n64.000000\n" + "-1.5\n" * 128,
    "ACC.csv": f"{NOON:.6f}, {NOON:.6f}, {NOON:.6f}\n32.0, 32.0, 32.0\n1,2,3\n",
    "IBI.csv": f"{NOON:.6f}, IBI\n1.5,0.750000\n2.28125,0.78125\n",
    "tags.csv": f"{NOON + 1.25:.2f}\n",
    "info.txt": "about",
}


def test_a_session_of_an_e4() -> None:
    """Signals start and step as their heads say; beats count from the start; marks are kept; the rest is not read."""
    recording = read(zipped(E4))
    assert {c.kind for c in recording.channels} == {EDA, WARMTH, RATE, RR, BodySignal.PPG}
    assert one(recording, EDA).times.tolist() == [NOON + k / 4 for k in range(8)]
    assert one(recording, RATE).times.tolist() == [NOON + 10, NOON + 11]
    assert one(recording, RR).times.tolist() == [NOON + 1.5, NOON + 2.28125]
    assert one(recording, RR).values.tolist() == [750, 781.25]
    assert (recording.marks, recording.source) == ((NOON + 1.25,), "e4")


def test_an_e4_session_in_a_folder_without_beats() -> None:
    """Files lie in a folder, macOS added its own, IBI.csv is empty and EDA.csv has a line that is none."""
    files = {f"session/{name}": text for name, text in E4.items()} | {"__MACOSX/session/._EDA.csv": "x"}
    files |= {"session/IBI.csv": "", "session/EDA.csv": E4["EDA.csv"] + "oops\n0.6\n"}
    recording = read(zipped(files))
    assert one(recording, RR).times.size == 0
    eda = one(recording, EDA)
    assert np.isnan(eda.values).tolist() == [False] * 8 + [True, False]
    assert clean(eda).values.size == 3


def test_a_sample_that_a_spreadsheet_left_empty_keeps_its_place() -> None:
    """What comes after it is not told a quarter of a second too early."""
    eda = one(read(zipped(E4 | {"EDA.csv": f"{NOON:.6f},\n4.000000,\n0.5,\n,,\n0.7,\n"})), EDA)
    assert eda.times.tolist() == [NOON, NOON + 0.25, NOON + 0.5]
    assert np.isnan(eda.values).tolist() == [False, True, False]


def test_a_quote_that_is_never_closed_swallows_no_other_line() -> None:
    """A note that begins with a quote costs nothing but itself."""
    rows = [f"{NOON + k},{70 + k % 5},{chr(34) + 'ouch' if k == 3 else ''}" for k in range(10)]
    assert one(read("\n".join(["time,hr,note", *rows])), RATE).values.size == 10
    assert one(read('time,note,hr\n1,"well, fine",70\n2,,71\n'), RATE).values.tolist() == [70, 71]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_open_mhealth_may_begin_with_a_mark(encoding: str) -> None:
    """Some editors and shells write one before the JSON."""
    frame = {"date_time": "2026-05-01T12:00:00Z"}
    point = {"heart_rate": {"value": 61, "unit": "beats/min"}, "effective_time_frame": frame}
    assert one(read(json.dumps([point]).encode(encoding)), RATE).values.tolist() == [61]


def test_a_file_of_an_e4_without_end_is_refused_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive that unpacks to very much must not fill the memory."""
    monkeypatch.setattr(e4, "MOST_LINES", 9)
    assert refusal(zipped(E4)) is ErrorCode.TOO_LARGE
    monkeypatch.setattr(e4, "MOST_LINES", 130)
    assert one(read(zipped(E4)), EDA).values.size == 8
    monkeypatch.setattr(e4, "MOST_MARKS", 0)
    assert refusal(zipped(E4)) is ErrorCode.TOO_LARGE


@pytest.mark.parametrize("spoilt", ["", f"{NOON:.6f}\n4.000000\n"])
def test_a_sensor_of_an_e4_that_told_nothing_is_missed(spoilt: str) -> None:
    """Where its file is empty or ends after its head, the signal counts as there and silent: quality says so."""
    whole, less = (BodyReader().read(read(zipped(E4 | files)))[0] for files in ({}, {"EDA.csv": spoilt}))
    assert less.quality < 0.7 * whole.quality
    assert Flaw.GAP in less.why


@pytest.mark.parametrize("spoilt", ["oops\n", f"{NOON:.6f}\n", f"{NOON:.6f}\n4"[:12], "0.5\n0.6\n0.7\n"])
def test_a_file_of_an_e4_without_its_head_is_told_by_name(spoilt: str) -> None:
    """A file that is not what it should be is never left out without a word."""
    with pytest.raises(Invalid, match=r"EDA\.csv"):
        read(zipped(E4 | {"EDA.csv": spoilt}))


def test_a_session_saved_again_by_a_spreadsheet() -> None:
    """A mark before the first number, other line ends, decimal commas and empty cells change nothing."""
    marked = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in E4.items()}
    german = {name: text.replace(",", ";").replace(".", ",") for name, text in E4.items()}
    wide = {name: text.replace("\n", ",,\n") for name, text in E4.items()}
    whole = read(zipped(E4))
    for saved in (read(zipped(marked)), read(zipped(german)), read(zipped(wide))):
        for kind in (EDA, WARMTH, RATE, RR):
            assert one(saved, kind).times.tolist() == one(whole, kind).times.tolist()
            assert one(saved, kind).values.tolist() == one(whole, kind).values.tolist()


def test_decimal_commas_among_commas_are_refused() -> None:
    """0,512 in a table that commas divide is two cells; nothing tells which cell is which, so none is guessed."""
    rows = "".join(f"{NOON + k:.0f},0,{510 + k},71,{k}\n" for k in range(9))
    with pytest.raises(Invalid, match="decimal comma"):
        read(f"time,eda,heart_rate\n{rows}")
    assert one(read(f"time,eda,heart_rate\n{NOON:.0f},0.5,71,\n{NOON + 1:.0f},0.6,71,\n"), EDA).values.size == 2


def test_several_sessions_are_not_mixed() -> None:
    """Two sessions in one archive are refused by name: neither is dropped, nor are they put together."""
    with pytest.raises(Invalid, match=r"several sessions.*a/EDA\.csv.*b/EDA\.csv"):
        read(zipped({f"{folder}/{name}": text for folder in "ab" for name, text in E4.items()}))


@pytest.mark.parametrize("name", ["EDA.csv", "TEMP.csv", "HR.csv", "BVP.csv", "IBI.csv"])
def test_a_file_out_of_a_session_is_not_taken_for_heartbeats(name: str) -> None:
    """Skin conductance of 1.0 after a time and a rate is no interval of a second."""
    with pytest.raises(Invalid, match="Give it whole"):
        read(E4[name].replace("0.5", "1.0"))


@pytest.mark.parametrize(
    "text", ["812\n820\n805\n", "0.812\n0.820\n0.805", "RR\r\n812\r\n820\r\n805\r\n", "0,812\n0,820\n0,805"]
)
def test_intervals_one_a_line(text: str) -> None:
    """In ms or s, with point or comma, with a head or without, beginning when one says."""
    beats = one(read(text, start=datetime(2026, 5, 1, 12, tzinfo=UTC)), RR)
    assert beats.times == pytest.approx([NOON + 0.812, NOON + 1.632, NOON + 2.437])
    assert beats.values == pytest.approx([812, 820, 805])


def test_a_line_that_is_no_interval_leaves_a_gap_and_the_clock_goes_on() -> None:
    """Of five beats the third cannot be read: the fourth still comes when it came, about."""
    beats = one(read("800\n800\n---\n800\n800\n"), RR)
    assert beats.times == pytest.approx([0.8, 1.6, 3.2, 4.0])


@pytest.mark.parametrize(
    "table",
    [
        "time,rr,eda,temp,hr\n{t},800,1.5,32,70\n{t1},810,1.6,32.1,71\n",
        "timestamp;IBI (s);EDA [µS];Skin temperature (°C);Heart rate (bpm)\n{t};0,8;1,5;32;70\n{t1};0,81;1,6;32,1;71\n",
        "\ufeffunix_time\trr_ms\tgsr_us\ttemp_f\theart_rate\n{t}\t800\t1.5\t89.6\t70\n{t1}\t810\t1.6\t89.78\t71\n",
        "datetime,note,RR-interval [ms],eda_nS,temperature_c,bpm\n"
        "2026-05-01T12:00:00Z,calm,800,1500,32,70\n2026-05-01T14:00:01+02:00,calm,810,1600,32.1,71\n",
        "Phone timestamp,rri,eda,temp_k,pulse\n"
        "2026-05-01 12:00:00,800,1.5,305.15,70\n2026-05-01 12:00:01,810,1.6,305.25,71\n",
        "time_ms,rr,eda,temp,hr\n{ms},800,1.5,32,70\n{ms1},810,1.6,32.1,71\n",
        "ts,rr,eda,temp,hr\n{ns},800,1.5,32,70\n{ns1},810,1.6,32.1,71\n",
        "sep=;\nZeit;PPI;Hautleitwert;Hauttemperatur;Puls\n01.05.2026 12:00:00;800;1,5;32;70\n"
        "01.05.2026 12:00:01;810;1,6;32,1;71\n",
        "# a watch\n\ntime|rr|eda|temp|hr\n5/1/2026 12:00:00 PM|800|1.5|32|70\n5/1/2026 12:00:01 PM|810|1.6|32.1|71\n",
        "date,time,rr,eda,temp,hr\n2026-05-01,12:00:00,800,1.5,32,70\n2026-05-01,12:00:01,810,1.6,32.1,71\n",
        "time rr eda temp hr\n{t} 800 1.5 32 70\n{t1} 810 1.6 32.1 71\n",
        "Name,Sport,Average heart rate (bpm)\nJo,RUNNING,120\nSample rate,Time,HR (bpm),rr,eda,temp\n"
        "1,{t},70,800,1.5,32\n,{t1},71,810,1.6,32.1\n",
    ],
)  # fmt: skip
def test_tables_of_many_spellings(table: str) -> None:
    """Commas, semicolons, tabs; units in brackets or behind a line; unix time in s, ms, ns, or ISO: all the same."""
    t = int(NOON)
    filled = table.format(t=t, t1=t + 1, ms=t * 1000, ms1=t * 1000 + 1000, ns=t * 10**9, ns1=(t + 1) * 10**9)
    recording = read(filled)
    expected = {RR: [800, 810], EDA: [1.5, 1.6], WARMTH: [32, 32.1], RATE: [70, 71]}
    for kind, values in expected.items():
        channel = clean(one(recording, kind))
        assert channel.times.tolist() == [NOON, NOON + 1]
        assert channel.values == pytest.approx(values, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("eda (millisiemens)", (0.0015, 0.0016)), ("GSR [kΩ]", (1000 / 1.5, 625)), ("gsr_kohm", (1000 / 1.5, 625)),
        ("skin resistance (Ohm)", (1e6 / 1.5, 625e3)), ("galvanic skin response (\u2126)", (1e6 / 1.5, 625e3)),
    ],
)  # fmt: skip
def test_skin_conductance_in_the_unit_its_column_names(name: str, values: tuple[float, float]) -> None:
    """Also as a resistance, which is its inverse, and is not left out without a word."""
    table = f"time,hr,{name}\n1,70,{values[0]}\n2,71,{values[1]}\n"
    assert one(read(table), EDA).values == pytest.approx([1.5, 1.6])


def test_a_resistance_of_nothing_is_a_gap() -> None:
    """A sensor off the skin, or short of it."""
    assert one(read("time,gsr_kohm\n1,0\n2,625\n3,-1\n"), EDA).values == pytest.approx([1.6])


def test_a_resistance_without_its_unit_is_not_guessed() -> None:
    """500 may be kiloohms, or ohms in another device's table: what is there beside it is read, and it is not."""
    assert not read("time,hr,skin resistance\n1,70,500\n2,71,510\n").of(EDA)


def test_an_old_encoding_is_read() -> None:
    """A micro sign in Latin-1."""
    assert one(read("time,eda (µS)\n1,1.5\n2,1.6\n".encode("latin-1")), EDA).values == pytest.approx([1.5, 1.6])


def test_a_table_in_utf_16_is_read() -> None:
    """What a spreadsheet calls Unicode text."""
    assert one(read("time\teda (µS)\n1\t1.5\n2\t1.6\n".encode("utf-16")), EDA).values == pytest.approx([1.5, 1.6])


def test_times_counted_from_the_start() -> None:
    """0, 1, 2 are seconds since the start one gives; 0, 250, 500 of skin conductance can only be milliseconds."""
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert one(read("time,hr\n0,70\n1,71\n", start=start), RATE).times.tolist() == [NOON, NOON + 1]
    assert one(read("time,eda\n0,1\n250,1\n500,1\n", start=start), EDA).times.tolist() == [
        NOON,
        NOON + 0.25,
        NOON + 0.5,
    ]


def test_a_table_of_beats_needs_no_times() -> None:
    """A column of intervals alone is a row of beats."""
    assert one(read("rr,comment\n800,a\n810,b\n"), RR).times == pytest.approx([0.8, 1.61])


def test_empty_cells_and_short_rows_leave_gaps() -> None:
    """A cell without a number is no sample; the others of its row are."""
    recording = read("time,hr,eda\n1,70,1\n2,,1.1\n3,n/a,1.2\n4,71\n\n5,72,1.3\n")
    assert one(recording, RATE).times.tolist() == [1, 4, 5]
    assert one(recording, EDA).times.tolist() == [1, 2, 3, 5]


AT = {"date_time": "2026-05-01T12:00:00Z"}
POINT = {"heart_rate": {"value": 68, "unit": "beats/min"}, "effective_time_frame": AT}
BEAT = {
    "start_date_time": "2026-05-01T13:59:59.150+02:00",
    "duration": {"value": 850, "unit": "ms"},
}
HEADED = {
    "header": {"schema_id": {"namespace": "omh", "name": "rr-interval", "version": "1.0"}},
    "body": {"rr_interval": {"value": 0.85, "unit": "sec"}, "effective_time_frame": {"time_interval": BEAT}},
}
HOURS = {"start_date_time": "2026-05-01T11:00:00Z", "end_date_time": "2026-05-01T13:00:00Z"}
WARM = {
    "body": {"body_temperature": {"value": 95, "unit": "F"}, "effective_time_frame": {"time_interval": HOURS}},
}
STEPS = {"body": {"step_count": {"value": 3, "unit": "steps"}, "effective_time_frame": AT}}


@pytest.mark.parametrize("lines", [False, True])
def test_open_mhealth(lines: bool) -> None:
    """Heart rate at a moment, a beat at its end, temperature in the middle; other schemas are passed over."""
    points = [POINT, HEADED, WARM, STEPS]
    recording = read("\n".join(json.dumps(p) for p in points) if lines else json.dumps(points))
    assert {c.kind for c in recording.channels} == {RATE, RR, WARMTH}
    assert all(c.times == pytest.approx([NOON]) for c in recording.channels)
    assert clean(one(recording, WARMTH)).values == pytest.approx([35])


def test_points_below_the_name_of_what_fetched_them() -> None:
    """Shimmer wraps the points in an answer of its own."""
    wrapped = {"shim": "fitbit", "timeStamp": 1777636800, "body": [POINT, HEADED]}
    assert {c.kind for c in read(json.dumps(wrapped)).channels} == {RATE, RR}


def test_one_point_alone() -> None:
    """A single data point is a recording of one sample."""
    assert one(read(json.dumps(POINT)), RATE).values.tolist() == [68]


def test_a_bad_line_among_points_is_passed_over_and_most_of_them_are_not() -> None:
    """One damaged line in four is left out; three in four are no file."""
    good = json.dumps(POINT)
    assert one(read("\n".join([good, good, good, good[:40]])), RATE).times.size == 3
    assert refusal("\n".join([good, good[:40], good[:50], good[:60]])) is ErrorCode.BAD_SIGNAL


APPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,Record*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
]>
<HealthData locale="en_IE">
 <ExportDate value="2026-05-02 09:00:00 +0100"/>
 <Record type="HKQuantityTypeIdentifierStepCount" unit="count" startDate="2026-05-01 13:00:00 +0100"
  endDate="2026-05-01 13:01:00 +0100" value="12"/>
 <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min"
  startDate="2026-05-01 13:00:00 +0100" endDate="2026-05-01 13:00:00 +0100" value="64">
  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>
 </Record>
 <Record type="HKQuantityTypeIdentifierBodyTemperature" unit="degF"
  startDate="2026-05-01 13:00:00 +0100" endDate="2026-05-01 13:00:00 +0100" value="95"/>
 <Record type="HKQuantityTypeIdentifierHeartRateVariabilitySDNN" unit="ms" startDate="2026-05-01 23:59:59 +0100"
  endDate="2026-05-02 00:00:58 +0100" value="40">
  <HeartRateVariabilityMetadataList>
   <InstantaneousBeatsPerMinute bpm="60" time="11:59:59.50 PM"/>
   <InstantaneousBeatsPerMinute bpm="75" time="12:00:00.30 AM"/>
   <InstantaneousBeatsPerMinute bpm="80" time="00:00:01,05"/>
  </HeartRateVariabilityMetadataList>
 </Record>
</HealthData>
"""


@pytest.mark.parametrize("packed", [False, True])
def test_apple_health(packed: bool) -> None:
    """Heart rate, temperature in °C, and single beats by the person's own clock, past midnight."""
    recording = read(zipped({"apple_health_export/export.xml": APPLE, "x/export_cda.xml": "<a/>"}) if packed else APPLE)
    assert (one(recording, RATE).times.tolist(), one(recording, RATE).values.tolist()) == ([NOON], [64])
    assert one(recording, WARMTH).values == pytest.approx([35])
    beats, midnight = one(recording, RR), NOON + 11 * 3600
    assert beats.times == pytest.approx([midnight - 0.5, midnight + 0.3, midnight + 1.05])
    assert beats.values == pytest.approx([1000, 800, 750])


def test_a_rate_of_beats_a_second_is_one_of_beats_a_minute() -> None:
    """A rate is told in the unit its record names."""
    a_second = APPLE.replace('unit="count/min"', 'unit="count/s"').replace('value="64"', 'value="1.1"')
    assert 'unit="count/s"' in a_second
    assert one(read(a_second), RATE).values == pytest.approx([66])


@pytest.mark.parametrize(("unit", "value"), [("mcS", "1.5"), ("S", "0.0000015"), ("nS", "1500")])
def test_skin_conductance_in_an_export_of_a_phone(unit: str, value: str) -> None:
    """Apps may write it to Apple Health, in siemens of any size."""
    export = APPLE.replace("HKQuantityTypeIdentifierBodyTemperature", "HKQuantityTypeIdentifierElectrodermalActivity")
    export = export.replace('unit="degF"', f'unit="{unit}"').replace('value="95"', f'value="{value}"')
    assert one(read(export), EDA).values == pytest.approx([1.5])


def test_an_export_whose_file_has_a_name_in_another_language() -> None:
    """It is told by what is in it."""
    packed = zipped({"apple_health_export/Exportieren.xml": APPLE, "apple_health_export/export_cda.xml": "<a/>"})
    assert one(read(packed), RATE).values.tolist() == [64]


def test_an_export_that_defines_entities_is_refused() -> None:
    """A file that would grow to billions of words is refused before it does, also in UTF-16."""
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><HealthData><Record type="&b;"/></HealthData>'
    assert refusal(bomb, format=Format.APPLE_HEALTH) is ErrorCode.BAD_SIGNAL
    assert refusal(bomb.encode("utf-16"), format=Format.APPLE_HEALTH) is ErrorCode.BAD_SIGNAL


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is counted, whatever the head of the archive claims."""
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    assert refusal(zipped({"EDA.csv": "1" * 2000})) is ErrorCode.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.UNKNOWN_FORMAT),
        (b"   \n", ErrorCode.UNKNOWN_FORMAT),
        (bytes(range(256)) * 4, ErrorCode.UNKNOWN_FORMAT),
        (b"hello", ErrorCode.UNKNOWN_FORMAT),
        (zipped({"photo.csv": "x"}), ErrorCode.UNKNOWN_FORMAT),
        (zipped(E4)[:200], ErrorCode.BAD_SIGNAL),
        (zipped({"EDA.csv": ""}), ErrorCode.BAD_SIGNAL),
        (APPLE[: len(APPLE) // 2].encode(), ErrorCode.BAD_SIGNAL),
        (b"<html><body>Sign in</body></html>", ErrorCode.BAD_SIGNAL),
        (b'{"heart_rate": {"value": 68', ErrorCode.BAD_SIGNAL),
        (b"[]", ErrorCode.BAD_SIGNAL),
        (b"[1, null, 3]", ErrorCode.BAD_SIGNAL),
        (b"{}", ErrorCode.BAD_SIGNAL),
        (b"time,steps\n1,2\n", ErrorCode.BAD_SIGNAL),
        (b"hr,eda\n70,1\n", ErrorCode.BAD_SIGNAL),
        (b"time,hr\n", ErrorCode.BAD_SIGNAL),
        (b"time,hr\nnever,70\nalways,71\n", ErrorCode.BAD_SIGNAL),
        (b"time,hr\n1,fast\n2,slow\n", ErrorCode.BAD_SIGNAL),
        (b"participant,time,hr\n3,1,70\n4,2,71\n", ErrorCode.BAD_SIGNAL),
        (b"800\nx\ny\nz\n", ErrorCode.BAD_SIGNAL),
        (b"a,b\n" + b"x" * 200_000 + b",y\n", ErrorCode.BAD_SIGNAL),
        (b'time,hr\n1,"' + b"7" * 140_000 + b"\n2,71\n", ErrorCode.BAD_SIGNAL),
    ],
    ids=[str(k) for k in range(22)],
)
def test_what_cannot_be_read_says_so(data: bytes, code: ErrorCode) -> None:
    """Nothing, noise, half a file, a page instead of a file, two people: a code and a sentence, never a traceback."""
    assert refusal(data) is code


def test_a_damaged_archive_is_told_wherever_the_damage_is() -> None:
    """A session with any one byte changed is read or refused."""
    whole = bytearray(zipped(E4))
    for at in range(0, len(whole), 7):
        spoilt = bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert code_of(spoilt) in (None, ErrorCode.BAD_SIGNAL, ErrorCode.UNKNOWN_FORMAT)


@given(st.binary(max_size=300), st.sampled_from([None, *Format]))
def test_any_bytes_are_read_or_refused(data: bytes, format: Format | None) -> None:
    """Whatever the bytes and whatever they are said to be."""
    assert code_of(data, format=format) in (None, ErrorCode.BAD_SIGNAL, ErrorCode.UNKNOWN_FORMAT)


@given(st.text(alphabet='0123456789.,;-+eE\n\tTZ:NaNinf "rhedtpmi', max_size=200))
def test_any_table_is_read_or_refused(text: str) -> None:
    """Whatever stands in the cells."""
    assert code_of(f"time,rr,hr,eda\n{text}".encode(), format=Format.CSV) in (None, ErrorCode.BAD_SIGNAL)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["body", "heart_rate", "value", "effective_time_frame", "date_time"]), inner
            )
        ),
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    """Whatever the shape of the document."""
    assert code_of(json.dumps([value]).encode(), format=Format.OPEN_MHEALTH) in (None, ErrorCode.BAD_SIGNAL)


def test_beats_of_a_session_are_read_whatever_their_head_says() -> None:
    """The head may be the time alone."""
    recording = read(zipped({"IBI.csv": "1777636800.0\n0.8,0.81\n1.6,0.80\n"}))
    assert recording.of(BodySignal.RR)[0].values.tolist() == [810.0, 800.0]
