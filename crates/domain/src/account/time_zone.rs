//! Names of time zones.

use protocol::Code;

/// Bytes of the longest name that is accepted; the longest of the database has 30.
const LONGEST: usize = 64;

/// Accepts a name as the IANA database forms it, or nothing. Whether it is listed is not asked: browsers know newer ones.
///
/// # Errors
/// [`Code::BadField`].
pub fn time_zone(text: &str) -> Result<String, Code> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/');
    if text.len() <= LONGEST && text.bytes().all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err(Code::BadField)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap17_a_time_zone_is_a_plain_name_or_nothing() {
        for good in ["", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "UTC"] {
            assert_eq!(time_zone(good), Ok(good.to_owned()));
        }
        for bad in ["Europe/Berlin ", "<b>", "a\nb", &"a".repeat(65)] {
            assert_eq!(time_zone(bad), Err(Code::BadField), "{bad}");
        }
    }
}
