//! The measures of a picture, read off its header: no picture is ever decoded here (SPEC FL6).

use protocol::{MediaType, PictureSize};

/// Reads the measures of a picture; `None` for what is no picture, or does not say.
#[must_use]
pub fn measure(media: MediaType, head: &[u8]) -> Option<PictureSize> {
    let (width, height) = match media {
        MediaType::Png => (big(head, 16, 4)?, big(head, 20, 4)?),
        MediaType::Gif => (little(head, 6, 2)?, little(head, 8, 2)?),
        MediaType::Webp => webp(head)?,
        MediaType::Jpeg => jpeg(head)?,
        MediaType::Avif => avif(head)?,
        MediaType::Pdf
        | MediaType::Zip
        | MediaType::Mp4
        | MediaType::Webm
        | MediaType::Mp3
        | MediaType::Wav
        | MediaType::Ogg
        | MediaType::Text => return None,
    };
    let side = |length: u32| u16::try_from(length).ok().filter(|length| *length > 0);
    Some(PictureSize { width: side(width)?, height: side(height)? })
}

/// Lossy, lossless and extended forms have their own headers (RFC 9649).
fn webp(head: &[u8]) -> Option<(u32, u32)> {
    match head.get(12..16)? {
        b"VP8 " => Some((little(head, 26, 2)? & 0x3fff, little(head, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = little(head, 21, 4)?;
            Some(((bits & 0x3fff).saturating_add(1), (bits >> 14 & 0x3fff).saturating_add(1)))
        }
        b"VP8X" => Some((little(head, 24, 3)?.saturating_add(1), little(head, 27, 3)?.saturating_add(1))),
        _ => None,
    }
}

/// Goes from segment to segment up to the one that begins a frame.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let mut rest = head.get(2..)?;
    loop {
        let [0xff, marker, after @ ..] = rest else { return None };
        match marker {
            0xff => rest = rest.get(1..)?,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big(after, 5, 2)?, big(after, 3, 2)?));
            }
            _ => rest = after.get(usize::try_from(big(after, 0, 2)?).ok()?..)?,
        }
    }
}

/// The box of spatial extents, wherever it is in the header.
fn avif(head: &[u8]) -> Option<(u32, u32)> {
    let at = head.windows(4).position(|word| word == b"ispe")?;
    Some((big(head, at.checked_add(8)?, 4)?, big(head, at.checked_add(12)?, 4)?))
}

pub(super) fn big(bytes: &[u8], start: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(start..start.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], start: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(start..start.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fl6_the_header_of_a_picture_says_how_large_it_is() {
        let jpeg: &[u8] = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\0\x20\0\x40\x03";
        let cases: [(MediaType, &[u8], (u16, u16)); 7] = [
            (MediaType::Png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x03", (258, 3)),
            (MediaType::Gif, b"GIF89a\x02\x01\x03\0", (258, 3)),
            (MediaType::Jpeg, jpeg, (64, 32)),
            (MediaType::Webp, b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\0\x20\0", (64, 32)),
            (MediaType::Webp, b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc0\x07\0", (64, 32)),
            (MediaType::Webp, b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x3f\0\0\x1f\0\0", (64, 32)),
            (MediaType::Avif, b"\0\0\0\x20ftypavif....ispe\0\0\0\0\0\0\0\x40\0\0\0\x20", (64, 32)),
        ];
        for (media, head, (width, height)) in cases {
            assert_eq!(measure(media, head), Some(PictureSize { width, height }), "{media:?}");
            for length in 0..head.len() {
                let cut = measure(media, &head[..length]);
                assert!(cut.is_none() || media == MediaType::Jpeg, "{media:?} cut to {length}");
            }
        }
    }

    #[test]
    fn fl6_a_picture_of_no_or_of_immense_size_has_no_measures() {
        let png = |width: [u8; 4]| [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width[..], b"\0\0\0\x01"].concat();
        assert_eq!(measure(MediaType::Png, &png([0, 0, 0, 0])), None);
        assert_eq!(measure(MediaType::Png, &png([0, 1, 0, 0])), None);
        assert_eq!(measure(MediaType::Pdf, b"%PDF-1.7"), None);
        let looping: &[u8] = b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0";
        assert_eq!(measure(MediaType::Jpeg, looping), None);
    }
}
