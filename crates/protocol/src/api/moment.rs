//! Points in time as the API writes them.

use core::fmt;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use crate::seq::Timestamp;

/// RFC 3339 in UTC with milliseconds: `2026-11-26T03:20:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl fmt::Display for Moment {
    /// One outside the calendar's ten thousand years is the beginning of 1970.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.0.0;
        let moment = OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1_000))
            .ok()
            .filter(|moment| (0..=9_999).contains(&moment.year()))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (year, month, day) = (moment.year(), u8::from(moment.month()), moment.day());
        let (hour, minute, second) = moment.to_hms();
        let rest = milliseconds.rem_euclid(1_000);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z")
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::Moment;

    impl JsonSchema for Moment {
        fn schema_name() -> Cow<'static, str> {
            "Moment".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "RFC 3339, in UTC, with milliseconds.",
                "type": "string",
                "format": "date-time",
                "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$",
                "examples": ["2026-11-26T08:15:00.000Z"],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ra3_a_moment_is_told_in_utc_with_milliseconds() {
        let text = |milliseconds| Moment(Timestamp(milliseconds)).to_string();
        assert_eq!(text(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(text(1_795_615_380_999), "2026-11-25T14:03:00.999Z");
        assert_eq!(text(-1), "1969-12-31T23:59:59.999Z");
        assert!(text(i64::MAX).starts_with("1970-01-01T00:00:00."));
        assert!(text(i64::MIN).starts_with("1970-01-01T00:00:00."));
    }
}
