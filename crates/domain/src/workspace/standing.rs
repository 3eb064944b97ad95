//! A workspace as it stands, and when it ends.

use protocol::{Code, Timestamp, WorkspaceId, limits};

/// What holds of a workspace that was founded and is not deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// When it will be deleted, if somebody asked for that.
    pub deleted_at: Option<Timestamp>,
    /// Whether it asks for a second factor of everybody.
    pub requires_second_factor: bool,
    /// For how many days it keeps conversations that are over; for ever without a number.
    pub retention_days: Option<u16>,
}

impl Standing {
    /// Decides whether somebody who belongs to it is let in as they sign in (SPEC WS18).
    ///
    /// # Errors
    /// [`Code::SecondFactorMissing`].
    pub const fn admits(&self, has_second_factor: bool) -> Result<(), Code> {
        if has_second_factor || !self.requires_second_factor {
            Ok(())
        } else {
            Err(Code::SecondFactorMissing)
        }
    }

    /// When it will be deleted if that is asked for at this moment (SPEC WS14).
    ///
    /// # Errors
    /// [`Code::Taken`] if somebody has asked already.
    pub fn deletion(&self, now: Timestamp) -> Result<Timestamp, Code> {
        match self.deleted_at {
            Some(_) => Err(Code::Taken),
            None => Ok(now.plus(limits::DELETION_WAIT_MS)),
        }
    }

    /// Whether its time is over (SPEC WS14).
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.deleted_at.is_some_and(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws14_a_workspace_ends_fourteen_days_after_somebody_wished_so() {
        let day = 24 * 3_600_000;
        let standing = |deleted_at| Standing {
            id: WorkspaceId::from_bytes([1; 16]),
            name: "Fernwood".to_owned(),
            deleted_at,
            requires_second_factor: false,
            retention_days: None,
        };
        let end = Timestamp(14 * day);
        assert_eq!(standing(None).deletion(Timestamp(0)), Ok(end));
        assert_eq!(standing(Some(end)).deletion(Timestamp(day)), Err(Code::Taken), "the first wish counts");
        assert!(!standing(Some(end)).is_over(Timestamp(14 * day - 1)));
        assert!(standing(Some(end)).is_over(end));
        assert!(!standing(None).is_over(Timestamp(i64::MAX)));
    }

    #[test]
    fn ws18_who_has_no_second_factor_is_kept_out_where_one_is_asked_for() {
        let missing = Err(Code::SecondFactorMissing);
        for (requires_second_factor, has_one, expected) in
            [(false, false, Ok(())), (false, true, Ok(())), (true, true, Ok(())), (true, false, missing)]
        {
            let standing = Standing {
                id: WorkspaceId::from_bytes([1; 16]),
                name: "Fernwood".to_owned(),
                deleted_at: None,
                requires_second_factor,
                retention_days: None,
            };
            assert_eq!(standing.admits(has_one), expected, "{requires_second_factor} {has_one}");
        }
    }
}
