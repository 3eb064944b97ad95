//! The picture that a person shows of themselves, and the one that stands for a site: what it must be, and where it is kept
//! (SPEC AP29, LK7).

use protocol::limits::{OWN_PICTURE_BYTES, OWN_PICTURE_SIDE};
use protocol::{AgentId, Code, MediaType, PictureId, PictureSize, SiteId};

use super::picture::{big, measure};
use super::sniff::recognise;

/// Under which key the bytes of a picture are kept.
#[must_use]
pub fn picture_key(picture: PictureId) -> String {
    format!("pictures/{picture}")
}

/// Under which key it is kept which picture an agent is seen with.
#[must_use]
pub fn face_key(agent: AgentId) -> String {
    format!("faces/{agent}")
}

/// Under which key the bytes of a site's logo are kept.
#[must_use]
pub fn logo_key(site: SiteId, logo: PictureId) -> String {
    format!("{}{logo}", logos_of(site))
}

/// What the keys of a site's logos begin with.
#[must_use]
pub fn logos_of(site: SiteId) -> String {
    format!("logos/{site}/")
}

/// Judges a picture by its bytes: JPEG or WebP, as the inbox draws it, of the one size, still, and without what tells more
/// than it shows, such as the place.
///
/// # Errors
/// [`Code::Empty`], [`Code::TooLarge`], [`Code::UnsupportedFile`].
pub fn own_picture(bytes: &[u8]) -> Result<MediaType, Code> {
    if bytes.len() > OWN_PICTURE_BYTES {
        return Err(Code::TooLarge);
    }
    let media = recognise(bytes)?;
    let size = PictureSize { width: OWN_PICTURE_SIDE, height: OWN_PICTURE_SIDE };
    let says_more = match media {
        MediaType::Jpeg => jpeg_says_more(bytes),
        MediaType::Webp => webp_says_more(bytes),
        MediaType::Png
        | MediaType::Gif
        | MediaType::Avif
        | MediaType::Pdf
        | MediaType::Zip
        | MediaType::Mp4
        | MediaType::Webm
        | MediaType::Mp3
        | MediaType::Wav
        | MediaType::Ogg
        | MediaType::Text => true,
    };
    if says_more || measure(media, bytes) != Some(size) { Err(Code::UnsupportedFile) } else { Ok(media) }
}

/// Whether a JPEG has a segment of an application, such as Exif, before its picture. The first says only that it is a
/// JPEG, the third holds its colours.
fn jpeg_says_more(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = rest.get(1..).unwrap_or_default(),
            [0xff, 0xda, ..] => return false,
            [0xff, 0xe1 | 0xe3..=0xef | 0xfe, ..] => return true,
            [0xff, _, after @ ..] => {
                let length = big(after, 0, 2).and_then(|length| usize::try_from(length).ok());
                match length.filter(|length| *length >= 2).and_then(|length| after.get(length..)) {
                    Some(next) => rest = next,
                    None => return true,
                }
            }
            _ => return true,
        }
    }
}

/// Whether an extended WebP says that it moves, or has Exif or XMP (RFC 9649, 2.7).
fn webp_says_more(bytes: &[u8]) -> bool {
    let is_extended = bytes.get(12..16) == Some(b"VP8X");
    is_extended && bytes.get(20).is_none_or(|flags| flags & 0b0000_1110 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: &[u8] = b"\xff\xc0\0\x11\x08\x01\0\x01\0\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
    const SCAN: &[u8] = b"\xff\xda\0\x02....\xff\xd9";

    fn jpeg(segment: &[u8]) -> Vec<u8> {
        [b"\xff\xd8\xff\xe0\0\x04JF", segment, FRAME, SCAN].concat()
    }

    fn webp(flags: u8, side: u8) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0", &[flags, 0, 0, 0, side, 0, 0, side, 0, 0][..]].concat()
    }

    #[test]
    fn ap29_a_picture_of_oneself_is_small_square_and_says_nothing_more() {
        assert_eq!(own_picture(&jpeg(b"")), Ok(MediaType::Jpeg));
        assert_eq!(own_picture(&jpeg(b"\xff\xe2\0\x04ab")), Ok(MediaType::Jpeg), "its colours");
        assert_eq!(own_picture(&webp(0x30, 0xff)), Ok(MediaType::Webp), "transparent, with colours");
        let cases: [(&str, Vec<u8>); 9] = [
            ("Exif", jpeg(b"\xff\xe1\0\x04Ex")),
            ("a comment", jpeg(b"\xff\xfe\0\x04hi")),
            ("no end of its segments", jpeg(b"\xff\xe2\0\0")),
            ("Exif in WebP", webp(0x08, 0xff)),
            ("XMP in WebP", webp(0x04, 0xff)),
            ("one that moves", webp(0x02, 0xff)),
            ("another size", webp(0, 0xfe)),
            ("another form", b"GIF89a\0\x01\0\x01".to_vec()),
            ("no picture", b"hello".to_vec()),
        ];
        for (name, bytes) in cases {
            assert_eq!(own_picture(&bytes), Err(Code::UnsupportedFile), "{name}");
        }
        assert_eq!(own_picture(b""), Err(Code::Empty));
        let mut long = webp(0, 0xff);
        long.resize(OWN_PICTURE_BYTES, 0);
        assert_eq!(own_picture(&long), Ok(MediaType::Webp));
        long.push(0);
        assert_eq!(own_picture(&long), Err(Code::TooLarge));
    }
}
