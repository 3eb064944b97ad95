//! What a file is, by its first bytes. What its sender says of it counts for nothing (SPEC FL4).

use protocol::{Code, MediaType};

/// The first bytes of a file that are looked at.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Recognises a file by its beginning: [`HEAD_BYTES`] of it, or all if it is shorter.
///
/// # Errors
/// [`Code::Empty`] for nothing, [`Code::UnsupportedFile`] for all that is not on the list of [`MediaType`].
pub fn recognise(head: &[u8]) -> Result<MediaType, Code> {
    if head.is_empty() {
        return Err(Code::Empty);
    }
    by_magic(head).or_else(|| is_text(head).then_some(MediaType::Text)).ok_or(Code::UnsupportedFile)
}

fn by_magic(head: &[u8]) -> Option<MediaType> {
    let begins = |magic: &[u8]| head.starts_with(magic);
    let at = |start: usize, magic: &[u8]| head.get(start..).is_some_and(|rest| rest.starts_with(magic));
    Some(match () {
        () if begins(b"\x89PNG\r\n\x1a\n") => MediaType::Png,
        () if begins(b"\xff\xd8\xff") => MediaType::Jpeg,
        () if begins(b"GIF87a") || begins(b"GIF89a") => MediaType::Gif,
        () if begins(b"RIFF") && at(8, b"WEBP") => MediaType::Webp,
        () if begins(b"RIFF") && at(8, b"WAVE") => MediaType::Wav,
        () if at(4, b"ftypavif") || at(4, b"ftypavis") => MediaType::Avif,
        () if FILMS.iter().any(|brand| at(4, b"ftyp") && at(8, brand)) => MediaType::Mp4,
        () if begins(b"\x1a\x45\xdf\xa3") && is_webm(head) => MediaType::Webm,
        () if begins(b"%PDF-") => MediaType::Pdf,
        () if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") => MediaType::Zip,
        () if begins(b"OggS") => MediaType::Ogg,
        () if begins(b"ID3") || is_mpeg_frame(head) => MediaType::Mp3,
        () => return None,
    })
}

/// Brands of films and recordings in the ISO base format. Other brands are pictures that browsers do not show.
const FILMS: [&[u8]; 10] =
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4A "];

fn is_webm(head: &[u8]) -> bool {
    head.get(..64.min(head.len())).is_some_and(|start| start.windows(4).any(|word| word == b"webm"))
}

/// A frame of layer III, of MPEG 1 or 2.
fn is_mpeg_frame(head: &[u8]) -> bool {
    matches!(head, [0xff, 0xfb | 0xfa | 0xf3 | 0xf2, third, ..] if third & 0xf0 != 0xf0 && third & 0x0c != 0x0c)
}

/// Whether it is UTF-8 without control characters, and no markup: nothing that begins as a tag or a program does.
fn is_text(head: &[u8]) -> bool {
    let text = match core::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end within a character.
        Err(error) if error.error_len().is_none() && head.len() >= HEAD_BYTES => {
            let (whole, _) = head.split_at(error.valid_up_to());
            core::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let is_control =
        |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}');
    let begun =
        text.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    !text.is_empty()
        && !text.contains(is_control)
        && !begun.starts_with('<')
        && !begun.starts_with("#!")
        && !begun.starts_with("{\\rtf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fl4_a_file_is_what_its_first_bytes_say() {
        let cases: [(&[u8], MediaType); 19] = [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType::Jpeg),
            (b"GIF89a\x01\0\x01\0", MediaType::Gif),
            (b"GIF89a/*<script>*/=1;alert(1)", MediaType::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"RIFF\x10\0\0\0WAVEfmt ", MediaType::Wav),
            (b"\0\0\0\x20ftypavif\0\0\0\0", MediaType::Avif),
            (b"\0\0\0\x20ftypisom\0\0\0\0", MediaType::Mp4),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", MediaType::Mp4),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", MediaType::Webm),
            (b"%PDF-1.7\n", MediaType::Pdf),
            (b"PK\x03\x04\x14\0", MediaType::Zip),
            (b"OggS\0\x02", MediaType::Ogg),
            (b"ID3\x04\0", MediaType::Mp3),
            (b"\xff\xfb\x90\x64", MediaType::Mp3),
            (b"name,price\r\nFern,12\r\n", MediaType::Text),
            (b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe", MediaType::Text),
            (b"{\"a\": 1}", MediaType::Text),
            (b"a", MediaType::Text),
        ];
        for (head, media) in cases {
            assert_eq!(recognise(head), Ok(media), "{}", String::from_utf8_lossy(head));
        }
        let mut long = vec![b'a'; HEAD_BYTES - 1];
        long.push(0xc3);
        assert_eq!(recognise(&long), Ok(MediaType::Text), "cut within a character");
    }

    #[test]
    fn fl4_markup_programs_and_the_unknown_are_refused() {
        let cases: [&[u8]; 13] = [
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"\xef\xbb\xbf \n<!doctype html><script>alert(1)</script>",
            b"<html>",
            b"#!/bin/sh\n",
            b"{\\rtf1}",
            b"MZ\x90\0",
            b"\x7fELF",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\0\0\0\x20ftypheic",
            b"II*\0",
            b"text\0more",
            b"\xff\xfe<\0s\0v\0g\0",
        ];
        for head in cases {
            assert_eq!(recognise(head), Err(Code::UnsupportedFile), "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(recognise(b""), Err(Code::Empty));
    }
}
