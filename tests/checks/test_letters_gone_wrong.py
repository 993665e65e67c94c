"""Letters that were lost, mistaken or cannot be seen, in families of names."""

import pytest

from fansipan.checks.lettering import wrong_letters

NAMES = [
    "Lào Cai",
    "Huyện Bảo Thắng",
    "Đường sắt",
    "Công ty Khoáng sản",
    "Mường Khương",
    "Ý Yên",
    "Ắc quy",
    "Sa Pa · Ô Quy Hồ",
]
UNSEEN = [
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x202A,
    0x202B,
    0x202C,
    0x202D,
    0x202E,
    0x2066,
    0x2069,
    0x061C,
    0xE0001,
    0xE0041,
    0xE007F,
]


@pytest.mark.parametrize("name", [*NAMES, "Müller GmbH", "½ tấn", "Café", "São Paulo", "naïve", "30 °C", "CO₂", "CS18"])
def test_right_letters_are_left_alone(name: str) -> None:
    assert wrong_letters(name) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mark", UNSEEN)
def test_what_cannot_be_seen_is_told(name: str, mark: int) -> None:
    for at in range(len(name) + 1):
        assert wrong_letters(name[:at] + chr(mark) + name[at:]) == ("lettering.unseen", f"U+{mark:04X}")


@pytest.mark.parametrize("name", NAMES)
def test_lost_letters_are_told(name: str) -> None:
    assert wrong_letters(name[:2] + "\ufffd" + name[3:]) == ("lettering.lost", "")


@pytest.mark.parametrize("name", NAMES)
def test_another_encoding_is_told_with_the_text(name: str) -> None:
    garbled = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in name.encode())
    assert wrong_letters(garbled) == ("lettering.encoding", name)
    assert wrong_letters(garbled.replace("\u00a0", " "))[0] == "lettering.encoding"


@pytest.mark.parametrize("name", ["Đường sắt", "Đồng Đăng", "Bản Đồn"])
def test_the_icelandic_letter_is_told(name: str) -> None:
    assert wrong_letters(name.replace("Đ", "\u00d0")) == ("lettering.eth", name)
