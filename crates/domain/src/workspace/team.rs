//! Teams: what they are called, who is in them, what lies with them.

use std::collections::BTreeSet;

use protocol::http::team::TeamDraft;
use protocol::{AgentId, Code, Team, TeamCount, TeamEntry, TeamId, limits};

use crate::name::name;

/// Makes a team of a draft, beside those that there are; one of them may be the team itself, which is drawn anew. Who does
/// not belong to the workspace is not in it (SPEC TM1).
///
/// # Errors
/// [`Code::BadField`] for the name, [`Code::Taken`] if another team bears it, [`Code::TooLarge`] if there are too many.
pub fn draw_team(
    id: TeamId,
    draft: &TeamDraft,
    there: &[Team],
    people: &BTreeSet<AgentId>,
) -> Result<Team, Code> {
    let name = name(&draft.name)?;
    let spelled = name.to_lowercase();
    let others = || there.iter().filter(|team| team.id != id);
    if others().any(|team| team.name.to_lowercase() == spelled) {
        return Err(Code::Taken);
    }
    if others().count() >= limits::TEAMS {
        return Err(Code::TooLarge);
    }
    let members: BTreeSet<AgentId> = draft.members.iter().copied().collect();
    Ok(Team { id, name, members: members.intersection(people).copied().collect() })
}

/// What the feed tells of teams, by how many open conversations there are of each team and site (SPEC TM4).
#[must_use]
pub fn entries_of_teams(teams: Vec<Team>, open: &[(TeamId, TeamCount)]) -> Vec<TeamEntry> {
    let counts_of = |id| open.iter().filter(|(team, _)| *team == id).map(|(_, count)| *count).collect();
    teams.into_iter().map(|team| TeamEntry { open: counts_of(team.id), team }).collect()
}

#[cfg(test)]
mod tests {
    use protocol::SiteId;

    use super::*;

    const ADA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);

    fn team(id: u8, name: &str) -> Team {
        Team { id: TeamId::from_bytes([id; 16]), name: name.to_owned(), members: Vec::new() }
    }

    fn draw(id: u8, name: &str, members: &[AgentId], there: &[Team]) -> Result<Team, Code> {
        let draft = TeamDraft { name: name.to_owned(), members: members.to_vec() };
        draw_team(TeamId::from_bytes([id; 16]), &draft, there, &BTreeSet::from([ADA, BEN]))
    }

    #[test]
    fn tm1_a_team_has_a_name_of_its_own() {
        let there = [team(1, "Support"), team(2, "Sales")];
        assert_eq!(draw(3, " Billing ", &[], &there).map(|team| team.name), Ok("Billing".to_owned()));
        assert_eq!(draw(1, "SUPPORT", &[], &there).map(|team| team.name), Ok("SUPPORT".to_owned()));
        assert_eq!(draw(3, "sales", &[], &there), Err(Code::Taken));
        assert_eq!(draw(3, " ", &[], &there), Err(Code::BadField));
    }

    #[test]
    fn tm1_only_people_of_the_workspace_are_in_it_and_each_once() {
        let stranger = AgentId::from_bytes([9; 16]);
        let drawn = draw(1, "Support", &[BEN, stranger, ADA, BEN], &[]);
        assert_eq!(drawn.map(|team| team.members), Ok(vec![ADA, BEN]));
    }

    #[test]
    fn tm1_there_are_so_many_teams_at_most() {
        let there: Vec<_> = (0..50).map(|number| team(number, &format!("team {number}"))).collect();
        assert_eq!(draw(99, "New", &[], &there), Err(Code::TooLarge));
        assert!(draw(49, "New", &[], &there).is_ok(), "one that is there");
    }

    #[test]
    fn tm4_each_team_is_told_with_what_lies_with_it() {
        let [support, sales] = [team(1, "Support"), team(2, "Sales")];
        let count = |site: u8, open| TeamCount { site: SiteId::from_bytes([site; 16]), open };
        let open =
            [(sales.id, count(1, 3)), (sales.id, count(2, 1)), (TeamId::from_bytes([7; 16]), count(1, 9))];
        let told = entries_of_teams(vec![sales.clone(), support.clone()], &open);
        let right = [
            TeamEntry { team: sales, open: vec![count(1, 3), count(2, 1)] },
            TeamEntry { team: support, open: Vec::new() },
        ];
        assert_eq!(told, right);
    }
}
