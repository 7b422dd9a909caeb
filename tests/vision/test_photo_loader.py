from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.vision import photo_loader
from defect_desktop.vision.photo_loader import decode_photo, photo_size, read_photo
from tests.photos import ORIENTATION, scene


def encoded(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def difference(one: np.ndarray, other: np.ndarray) -> float:
    assert one.shape == other.shape
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("file_format", "options"),
    [
        ("JPEG", {"quality": 98, "subsampling": 0}), ("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {}),
        ("AVIF", {"quality": 100, "subsampling": "4:4:4"}),
    ],
)  # fmt: skip
def test_every_exif_orientation_comes_out_upright(
    orientation: int, file_format: str, options: dict[str, object]
) -> None:
    upright = scene()
    # What a camera stores is the inverse of the turn that the tag asks for.
    turns = {
        1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270],
    }  # fmt: skip
    stored = upright
    for turn in turns[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = encoded(stored, file_format, exif=exif, **options)
    assert difference(decode_photo(content), np.asarray(upright)) < 2
    assert photo_size(content) == (120, 160)


def test_heic_is_read_and_upright() -> None:
    content = (Path(__file__).parent / "orientation_6.heic").read_bytes()
    assert difference(decode_photo(content), np.asarray(scene())) < 4
    assert photo_size(content) == (120, 160)


@pytest.mark.parametrize(
    ("mode", "file_format"),
    [
        ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("L", "PNG"), ("1", "PNG"), ("RGB", "WEBP"), ("RGB", "BMP"),
        ("RGB", "TIFF"), ("CMYK", "TIFF"), ("P", "GIF"), ("RGB", "AVIF"),
    ],
)  # fmt: skip
def test_modes_and_formats_become_rgb(mode: str, file_format: str) -> None:
    original = scene().convert(mode)
    pixels = decode_photo(encoded(original, file_format))
    assert pixels.dtype == np.uint8
    assert difference(pixels, np.asarray(original.convert("RGB"))) < 12


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    ramp = np.linspace(0, 65535, 120 * 160).reshape(120, 160).astype(np.uint16)
    dark = (ramp // 16).astype(np.uint16)
    for grey in (ramp, dark):
        pixels = decode_photo(encoded(Image.fromarray(grey), "PNG"))
        assert difference(pixels[:, :, 0], (grey / 257).round().astype(np.uint8)) < 1


def twelve_bit_tiff(grey: np.ndarray) -> bytes:
    """A TIFF of one strip that holds two pixels in three bytes; Pillow only reads such."""
    height, width = grey.shape
    first, second = grey.reshape(-1, 2).T.astype(np.uint32)
    packed = ((first << 12 | second)[:, np.newaxis] >> [16, 8, 0]).astype(np.uint8).tobytes()
    tags = {256: width, 257: height, 258: 12, 259: 1, 262: 1, 273: 8, 277: 1, 278: height, 279: len(packed)}
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return b"II*\0" + struct.pack("<I", 8 + len(packed)) + packed + struct.pack("<H", len(tags)) + directory + b"\0" * 4


def test_twelve_bit_grey_keeps_its_brightness() -> None:
    grey = np.linspace(0, 4095, 120 * 160).astype(np.uint16).reshape(120, 160)
    for shown in (grey, grey // 8):
        pixels = decode_photo(twelve_bit_tiff(shown))
        assert difference(pixels[:, :, 0], (shown * (255 / 4095)).round().astype(np.uint8)) < 1


@pytest.mark.parametrize("white", [255, 65535, 2**31 - 1])
def test_whole_numbers_of_32_bits_are_neither_black_nor_white(white: int) -> None:
    ramp = np.linspace(0, white, 120 * 160).astype(np.int32).reshape(120, 160)
    pixels = decode_photo(encoded(Image.fromarray(ramp), "TIFF"))
    assert difference(pixels[:, :, 0], (ramp * (255 / white)).round().astype(np.uint8)) < 1


def test_floating_point_grey_is_read() -> None:
    ramp = np.linspace(0, 1, 120 * 160, dtype=np.float32).reshape(120, 160)
    pixels = decode_photo(encoded(Image.fromarray(ramp), "TIFF"))
    assert pixels.min() == 0
    assert pixels.max() == 255


@pytest.mark.parametrize(("odd", "shown"), [(np.nan, 0), (np.inf, 255), (-np.inf, 0)])
def test_what_is_no_number_costs_its_own_pixel_and_not_the_photo(odd: float, shown: int) -> None:
    ramp = np.linspace(0, 1, 120 * 160, dtype=np.float32).reshape(120, 160)
    expected = decode_photo(encoded(Image.fromarray(ramp), "TIFF")).copy()
    expected[5, 7] = shown
    ramp[5, 7] = odd
    assert (decode_photo(encoded(Image.fromarray(ramp), "TIFF")) == expected).all()


@pytest.mark.parametrize("white", [np.uint16(65535), np.float32(1)])
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
def test_a_deep_tiff_that_counts_from_white_is_no_negative(white: np.generic, compression: str) -> None:
    stored = Image.fromarray(np.linspace(0, white, 120 * 160).astype(white.dtype).reshape(120, 160))
    from_white = {TiffImagePlugin.PHOTOMETRIC_INTERPRETATION: 0}
    pixels = decode_photo(encoded(stored, "TIFF", compression=compression, tiffinfo=from_white))
    assert difference(pixels, 255 - decode_photo(encoded(stored, "TIFF"))) < 1


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_lies_over_white(mode: str) -> None:
    image = scene().convert(mode)
    image.putalpha(0)
    assert (decode_photo(encoded(image, "PNG")) == 255).all()


def bitmap_with_transparency(alpha: int) -> bytes:
    """A BMP with a mask for transparency, as programs write that draw with Windows' own means; Pillow writes none."""
    image = scene()
    image.putalpha(alpha)
    pixels = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes("raw", "BGRA")
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    header = struct.pack("<IiiHHIIiiII", 108, *image.size, 1, 32, 3, len(pixels), 2835, 2835, 0, 0) + masks
    header += b"BGRs" + bytes(48)
    return b"BM" + struct.pack("<IHHI", 14 + len(header) + len(pixels), 0, 0, 14 + len(header)) + header + pixels


def test_a_bitmap_that_is_transparent_all_over_is_not_white() -> None:
    assert (decode_photo(bitmap_with_transparency(0)) == np.asarray(scene())).all()
    half = decode_photo(bitmap_with_transparency(128))
    assert difference(half, (np.asarray(scene()) / 2 + 127.5).astype(np.uint8)) < 1


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [scene(seed=number) for number in range(3)]
    content = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert difference(decode_photo(content), np.asarray(frames[0])) < 2


def test_a_jpeg_is_decoded_smaller_but_not_too_small() -> None:
    content = encoded(scene(1600, 1200), "JPEG", quality=90)
    small = decode_photo(content, least_side=200)
    assert 200 <= min(small.shape[:2]) < 400
    assert small.shape[1] / small.shape[0] == pytest.approx(4 / 3, rel=0.01)
    assert decode_photo(content).shape == (1200, 1600, 3)
    assert decode_photo(content, least_side=5000).shape == (1200, 1600, 3)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(1600, 1200, (300, 400)), (1604, 1204, (301, 401)), (1602, 1202, (601, 801)), (1601, 1200, (600, 801))],
)
def test_a_reduced_jpeg_is_never_a_part_of_a_pixel_off(width: int, height: int, expected: tuple[int, int]) -> None:
    content = encoded(scene(width, height), "JPEG")
    assert decode_photo(content, least_side=250).shape[:2] == expected


def test_a_jpeg_with_bytes_after_its_end_is_fine() -> None:
    content = encoded(scene(), "JPEG") + b"\0" * 1000
    assert decode_photo(content).shape == (120, 160, 3)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
def test_broken_exif_does_not_cost_the_photo() -> None:
    content = encoded(scene(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff broken")
    assert decode_photo(content).shape == (120, 160, 3)


def problem_of(content: bytes) -> PhotoProblem:
    with pytest.raises(PhotoError) as caught:
        decode_photo(content)
    return caught.value.problem


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_a_truncated_photo_is_refused(file_format: str) -> None:
    content = encoded(scene(), file_format)
    assert problem_of(content[: len(content) // 2]) in (PhotoProblem.TRUNCATED, PhotoProblem.CORRUPT)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("least_side", [None, 60])
def test_a_jpeg_that_is_damaged_in_its_middle_is_refused(progressive: bool, least_side: int | None) -> None:
    content = encoded(scene(640, 480), "JPEG", progressive=progressive)
    middle = len(content) // 2
    with pytest.raises(PhotoError) as caught:
        decode_photo(content[:middle] + b"\0" * 512 + content[middle + 512 :], least_side)
    assert caught.value.problem is PhotoProblem.CORRUPT


def test_a_jpeg_with_a_few_bytes_too_many_is_fine() -> None:
    content = encoded(scene(), "JPEG")
    assert (decode_photo(content[:-2] + b"\0" * 9 + content[-2:]) == decode_photo(content)).all()


def test_a_jpeg_cut_in_its_header_is_called_truncated() -> None:
    assert problem_of(encoded(scene(), "JPEG")[:100]) is PhotoProblem.TRUNCATED


@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF", "GIF", "AVIF"])
def test_a_photo_of_which_only_the_first_bytes_are_there_is_called_truncated(file_format: str) -> None:
    assert problem_of(encoded(scene(), file_format)[:14]) is PhotoProblem.TRUNCATED


@pytest.mark.parametrize(
    "begin",
    [
        b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
        b"RIFF\x88\x13\0\0AVI LIST", b"RIFF\x88\x13\0\0WAVEfmt ",
    ],
)  # fmt: skip
def test_a_film_or_sound_that_is_called_a_photo_is_not_said_to_break_off(begin: bytes) -> None:
    assert problem_of(begin + b"\0" * 5000) is PhotoProblem.NOT_AN_IMAGE


@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
def test_a_whole_tiff_of_a_kind_that_cannot_be_read_is_not_said_to_break_off() -> None:
    whole = cv2.imencode(".tiff", np.zeros((40, 60, 3), np.float32))[1].tobytes()
    assert problem_of(whole) is PhotoProblem.NOT_AN_IMAGE
    assert problem_of(whole[: len(whole) // 2]) is PhotoProblem.TRUNCATED


@pytest.mark.parametrize("content", [b"hello", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"\0" * 5000])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert problem_of(content) is PhotoProblem.NOT_AN_IMAGE


def test_a_decompression_bomb_is_refused_without_opening_it() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    assert problem_of(bomb) is PhotoProblem.TOO_LARGE


def test_the_limit_counts_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_loader, "MAX_PIXELS", 160 * 120 - 1)
    assert problem_of(encoded(scene(), "JPEG")) is PhotoProblem.TOO_LARGE


def test_a_photo_that_does_not_fit_the_memory_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(photo_loader, "to_srgb", fails)
    assert problem_of(encoded(scene(), "PNG")) is PhotoProblem.TOO_LARGE


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_costs_the_photo_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(encoded(scene(), data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"]))))
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        pixels = decode_photo(bytes(content[: data.draw(st.integers(1, len(content)))]), least_side=60)
    except PhotoError:
        return
    assert pixels.ndim == 3
    assert pixels.dtype == np.uint8


def test_reading_says_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    for name, problem in (
        ("empty.jpg", PhotoProblem.EMPTY),
        ("no.jpg", PhotoProblem.MISSING),
        (".", PhotoProblem.UNREADABLE),
    ):
        with pytest.raises(PhotoError) as caught:
            read_photo(tmp_path / name)
        assert caught.value.problem is problem


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files in folders")
def test_a_device_or_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    device, pipe = tmp_path / "device.jpg", tmp_path / "pipe.jpg"
    device.symlink_to(os.devnull)
    os.mkfifo(pipe)
    for path in (device, pipe):
        with pytest.raises(PhotoError) as caught:
            read_photo(path)
        assert caught.value.problem is PhotoProblem.UNREADABLE


def test_a_file_larger_than_any_photo_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(photo_loader.MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    with pytest.raises(PhotoError) as caught:
        read_photo(huge)
    assert caught.value.problem is PhotoProblem.TOO_LARGE
