//! What the palette offers: everything that can be done, found by some of its letters.

use protocol::permission::{Permission, Permissions};
use protocol::{
    AvailabilityChoice, CannedId, ConversationId, FilterId, Shelf, SiteId, Status, TeamId, WorkspaceId,
};

use super::choice::Choice;
use super::density::Density;
use super::fuzzy::score;
use super::page::{AccountPart, Page, Section, SitePart};
use super::shortcut::Shortcut;

/// What a line of the palette asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// What a key would.
    Press(Shortcut),
    /// To go to a page, with the view of the list that is shown.
    Go(Page),
    /// To look for what was typed in what was said.
    Search(String),
    /// To say how available one is.
    Choose(AvailabilityChoice),
    /// To see what a macro does, and run it.
    Run(CannedId),
    /// To turn single keys on or off.
    SwitchKeys,
    /// To see more or less of everything at once.
    Space(Density),
    /// To end the session.
    SignOut,
}

/// A line of the palette.
pub(crate) type Offer = Choice<Deed>;

/// The names of what is offered.
pub(crate) struct Words {
    /// Of what a key does, and of what also stands here: the name, and the keys.
    pub(crate) shortcut: fn(Shortcut) -> (&'static str, &'static str),
    /// Of a section of the settings.
    pub(crate) section: fn(Section) -> &'static str,
    /// Of a part of a site's settings.
    pub(crate) site_part: fn(SitePart) -> &'static str,
    /// Of a part of the account.
    pub(crate) account_part: fn(AccountPart) -> &'static str,
    /// Of what is looked for.
    pub(crate) search: fn(&str) -> String,
    /// Of what one says of oneself.
    pub(crate) choice: fn(AvailabilityChoice) -> &'static str,
    /// Beside that.
    pub(crate) availability: &'static str,
    /// Beside a conversation.
    pub(crate) conversation: &'static str,
    /// Beside a macro.
    pub(crate) macros: &'static str,
    /// Beside what is done to all that are selected.
    pub(crate) selected: fn(usize) -> String,
    /// Beside a view.
    pub(crate) view: &'static str,
    /// Beside a section.
    pub(crate) settings: &'static str,
    /// Beside a part of the account.
    pub(crate) account: &'static str,
    /// Beside a workspace.
    pub(crate) workspace: &'static str,
    /// Of a new site.
    pub(crate) new_site: &'static str,
    /// Of a new workspace.
    pub(crate) new_workspace: &'static str,
    /// Of the switch of single keys.
    pub(crate) switch_keys: &'static str,
    /// Of a density.
    pub(crate) density: fn(Density) -> &'static str,
    /// Beside a density.
    pub(crate) densities: &'static str,
    /// Of the way out.
    pub(crate) sign_out: &'static str,
}

/// Where the person is, and what they know there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Surroundings {
    /// The workspace they are in.
    pub(crate) workspace: Option<InWorkspace>,
    /// How the conversation on screen stands, if one is.
    pub(crate) open: Option<(ConversationId, Status)>,
    /// The workspaces they belong to.
    pub(crate) workspaces: Vec<(WorkspaceId, String)>,
    /// How many conversations are selected in the list.
    pub(crate) selected: usize,
    /// Whether the list of conversations is on screen, with its field to search.
    pub(crate) has_list: bool,
}

/// What a person knows in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InWorkspace {
    /// Which.
    pub(crate) id: WorkspaceId,
    /// What they may do.
    pub(crate) permissions: Permissions,
    /// Conversations with the names of their visitors, the most recent first.
    pub(crate) conversations: Vec<(ConversationId, String)>,
    /// Sites with their names.
    pub(crate) sites: Vec<(SiteId, String)>,
    /// Macros with their names.
    pub(crate) macros: Vec<(CannedId, String)>,
    /// Teams with their names, one's own first.
    pub(crate) teams: Vec<(TeamId, String)>,
    /// Filters with their names.
    pub(crate) filters: Vec<(FilterId, String)>,
}

/// How many conversations are offered before anything is typed. The parts of sites are not: they would be most of the list.
const RECENT: usize = 5;
/// How many lines are shown of what was found.
const SHOWN: usize = 50;

/// What can be done with the conversation on screen, the most used first.
const IN_CONVERSATION: [Shortcut; 19] = [
    Shortcut::Reply,
    Shortcut::Note,
    Shortcut::Resolve,
    Shortcut::ResolveAndNext,
    Shortcut::Reopen,
    Shortcut::Assign,
    Shortcut::AssignToMe,
    Shortcut::HandTo,
    Shortcut::Snooze,
    Shortcut::Label,
    Shortcut::Prioritize,
    Shortcut::Macro,
    Shortcut::Undo,
    Shortcut::Details,
    Shortcut::Attach,
    Shortcut::Emoji,
    Shortcut::SaveTranscript,
    Shortcut::Block,
    Shortcut::Back,
];

/// What can be done to all that are selected.
const IN_SELECTION: [Shortcut; 8] = [
    Shortcut::Resolve,
    Shortcut::Reopen,
    Shortcut::Assign,
    Shortcut::AssignToMe,
    Shortcut::HandTo,
    Shortcut::Snooze,
    Shortcut::Label,
    Shortcut::Prioritize,
];

/// Whether something can be done with a conversation that stands so.
const fn is_possible(shortcut: Shortcut, status: Status) -> bool {
    match (shortcut, status) {
        (Shortcut::Resolve | Shortcut::ResolveAndNext, status) => !matches!(status, Status::Resolved),
        (Shortcut::Reopen, status) => !matches!(status, Status::Open),
        _ => true,
    }
}

/// What is offered for what was typed: without a word everything in order, else what fits best first, and at the end
/// to look for the words in what was said.
pub(crate) fn offers(here: &Surroundings, typed: &str, words: &Words) -> Vec<Offer> {
    let typed = typed.trim();
    let all = everything(here, !typed.is_empty(), words);
    if typed.is_empty() {
        return all;
    }
    let mut found: Vec<_> =
        all.into_iter().filter_map(|offer| Some((worth(typed, &offer)?, offer))).collect();
    found.sort_by_key(|(worth, _)| core::cmp::Reverse(*worth));
    let found = found.into_iter().map(|(_, offer)| offer).take(SHOWN);
    let search = here.has_list.then(|| offer((words.search)(typed), "", "/", Deed::Search(typed.to_owned())));
    found.chain(search).collect()
}

/// A name is worth more than what stands beside it.
fn worth(typed: &str, offer: &Offer) -> Option<u32> {
    let by_name = score(typed, &offer.label).map(|worth| worth + 1);
    by_name.or_else(|| score(typed, &format!("{} {}", offer.label, offer.hint)))
}

fn offer(label: String, hint: &str, keys: &'static str, asks: Deed) -> Offer {
    Offer { label, hint: hint.to_owned(), keys, chosen: false, asks }
}

fn everything(here: &Surroundings, is_typed: bool, words: &Words) -> Vec<Offer> {
    let press = |shortcut: Shortcut, hint: &str| {
        let (name, keys) = (words.shortcut)(shortcut);
        offer(name.to_owned(), hint, keys, Deed::Press(shortcut))
    };
    let go = |name: String, hint, page| offer(name, hint, "", Deed::Go(page));
    let mut all = Vec::new();
    let may = |shortcut: Shortcut| {
        here.workspace.as_ref().is_some_and(|workspace| shortcut.is_offered(workspace.permissions))
    };
    let is_any_selected = here.selected > 0;
    if is_any_selected {
        let selected = (words.selected)(here.selected);
        all.extend(IN_SELECTION.iter().map(|shortcut| press(*shortcut, selected.as_str())));
    }
    if let Some((_, status)) = here.open {
        let possible = IN_CONVERSATION.into_iter().filter(|shortcut| {
            is_possible(*shortcut, status)
                && !(is_any_selected && IN_SELECTION.contains(shortcut))
                && may(*shortcut)
        });
        all.extend(possible.map(|shortcut| press(shortcut, "")));
        let macros = here.workspace.iter().flat_map(|workspace| &workspace.macros);
        let macros = macros.filter(|_| may(Shortcut::Macro));
        all.extend(macros.map(|(id, name)| offer(name.clone(), words.macros, "", Deed::Run(*id))));
    }
    if let Some(workspace) = &here.workspace {
        let is_other = |id: ConversationId| here.open.is_none_or(|(open, _)| open != id);
        let others = workspace.conversations.iter().filter(|(id, _)| is_other(*id));
        let others = others.take(if is_typed { usize::MAX } else { RECENT });
        all.extend(
            others.map(|(id, name)| {
                go(name.clone(), words.conversation, Page::Conversation(workspace.id, *id))
            }),
        );
        if here.has_list {
            all.push(press(Shortcut::Search, ""));
            all.push(press(Shortcut::Select, ""));
            all.push(press(Shortcut::SelectAll, ""));
        }
        if workspace.permissions.contains(Permission::ReadConversations) {
            all.extend(Shelf::ALL.map(|shelf| press(Shortcut::Show(shelf), words.view)));
            all.extend(workspace.teams.iter().map(|(team, name)| {
                let show = Deed::Press(Shortcut::Show(Shelf::Team(*team)));
                offer(name.clone(), words.view, "", show)
            }));
            all.extend(workspace.filters.iter().map(|(filter, name)| {
                let show = Deed::Press(Shortcut::Show(Shelf::Filter(*filter)));
                offer(name.clone(), words.view, "", show)
            }));
            if here.has_list {
                all.push(press(Shortcut::NewFilter, ""));
            }
            all.extend(AvailabilityChoice::ALL.map(|choice| {
                offer((words.choice)(choice).to_owned(), words.availability, "", Deed::Choose(choice))
            }));
        }
        for section in Section::offered(workspace.permissions) {
            let name = (words.section)(section).to_owned();
            all.push(go(name, words.settings, Page::Settings(workspace.id, section)));
        }
        if workspace.permissions.contains(Permission::ManageSites) {
            all.push(go(words.new_site.to_owned(), words.settings, Page::NewSite(workspace.id)));
            for (site, name) in workspace.sites.iter().filter(|_| is_typed) {
                all.extend(SitePart::EVERY.map(|part| {
                    let name = format!("{name}: {}", (words.site_part)(part));
                    go(name, words.settings, Page::Site(workspace.id, *site, part))
                }));
            }
        }
    }
    for part in AccountPart::EVERY {
        all.push(go((words.account_part)(part).to_owned(), words.account, Page::Account(part)));
    }
    let is_here = |id| here.workspace.as_ref().is_some_and(|workspace| workspace.id == id);
    let others = here.workspaces.iter().filter(|(id, _)| !is_here(*id));
    all.extend(others.map(|(id, name)| go(name.clone(), words.workspace, Page::Workspace(*id))));
    all.push(go(words.new_workspace.to_owned(), "", Page::NewWorkspace));
    all.push(press(Shortcut::Help, ""));
    all.push(offer(words.switch_keys.to_owned(), "", "", Deed::SwitchKeys));
    all.extend(Density::EVERY.map(|density| {
        offer((words.density)(density).to_owned(), words.densities, "", Deed::Space(density))
    }));
    all.push(offer(words.sign_out.to_owned(), "", "", Deed::SignOut));
    all
}

#[cfg(test)]
mod tests {
    use protocol::permission::Role;

    use super::*;
    use crate::model::shortcut::{KeyDown, shortcut, way};
    use crate::words::palette::WORDS;

    const HERE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
    const OPEN: ConversationId = ConversationId::from_bytes([7; 32]);

    fn surroundings(role: Role, status: Status) -> Surroundings {
        let conversations = (1..=9).map(|n| (ConversationId::from_bytes([n; 32]), format!("Visitor {n}")));
        Surroundings {
            workspace: Some(InWorkspace {
                id: HERE,
                permissions: role.built_in_permissions().expect("built in"),
                conversations: conversations.collect(),
                sites: vec![(SiteId::from_bytes([3; 16]), "Shop".to_owned())],
                macros: vec![(CannedId::from_bytes([6; 16]), "Close as spam".to_owned())],
                teams: vec![(TeamId::from_bytes([5; 16]), "Support".to_owned())],
                filters: vec![(FilterId::from_bytes([4; 16]), "Waiting too long".to_owned())],
            }),
            open: Some((OPEN, status)),
            workspaces: vec![
                (HERE, "Lamps".to_owned()),
                (WorkspaceId::from_bytes([2; 16]), "Ladders".to_owned()),
            ],
            has_list: true,
            selected: 0,
        }
    }

    fn asked(here: &Surroundings, typed: &str) -> Vec<Deed> {
        offers(here, typed, &WORDS).into_iter().map(|offer| offer.asks).collect()
    }

    #[test]
    fn ib75_the_palette_offers_what_can_be_done_here() {
        let here = surroundings(Role::Admin, Status::Open);
        let all = asked(&here, "");
        for shortcut in [Shortcut::Reply, Shortcut::Resolve, Shortcut::Attach, Shortcut::Show(Shelf::Mine)] {
            assert!(all.contains(&Deed::Press(shortcut)), "{shortcut:?}");
        }
        assert!(!all.contains(&Deed::Press(Shortcut::Reopen)), "it is open");
        assert!(!all.contains(&Deed::Go(Page::Workspace(HERE))), "it is here");
        assert!(!all.contains(&Deed::Go(Page::Conversation(HERE, OPEN))), "it is open");
        let resolved = asked(&surroundings(Role::Admin, Status::Resolved), "");
        assert!(resolved.contains(&Deed::Press(Shortcut::Reopen)));
        assert!(!resolved.contains(&Deed::Press(Shortcut::Resolve)));
        let agent = asked(&surroundings(Role::Agent, Status::Open), "");
        assert!(!agent.contains(&Deed::Go(Page::Settings(HERE, Section::Sites))), "they may not");
        let nowhere = asked(&Surroundings::default(), "");
        assert!(nowhere.contains(&Deed::SignOut) && !nowhere.contains(&Deed::Press(Shortcut::Reply)));
    }

    #[test]
    fn ib106_what_is_done_to_those_that_are_selected_stands_first_and_once() {
        let here = Surroundings { selected: 3, ..surroundings(Role::Agent, Status::Open) };
        let all = offers(&here, "", &WORDS);
        assert_eq!(
            (all[0].asks.clone(), all[0].hint.as_str()),
            (Deed::Press(Shortcut::Resolve), "3 selected")
        );
        for shortcut in IN_SELECTION {
            let of_it = all.iter().filter(|offer| offer.asks == Deed::Press(shortcut));
            assert_eq!(of_it.count(), 1, "{shortcut:?}");
        }
        assert_eq!(asked(&here, "3 sel").len(), IN_SELECTION.len() + 1, "and the search");
    }

    #[test]
    fn ib110_macros_are_offered_by_name_while_a_conversation_is_on_screen() {
        let run = Deed::Run(CannedId::from_bytes([6; 16]));
        let here = surroundings(Role::Agent, Status::Open);
        assert!(asked(&here, "").contains(&run));
        assert!(!asked(&Surroundings { open: None, ..here }, "").contains(&run));
    }

    #[test]
    fn ib75_what_fits_best_is_first_and_the_words_can_be_searched() {
        let here = surroundings(Role::Admin, Status::Open);
        for (typed, right) in [
            ("assign", Deed::Press(Shortcut::Assign)),
            ("res", Deed::Press(Shortcut::Resolve)),
            ("roles", Deed::Go(Page::Settings(HERE, Section::Roles))),
            ("settings roles", Deed::Go(Page::Settings(HERE, Section::Roles))),
            ("visitor 8", Deed::Go(Page::Conversation(HERE, ConversationId::from_bytes([8; 32])))),
            ("shop look", Deed::Go(Page::Site(HERE, SiteId::from_bytes([3; 16]), SitePart::Look))),
            ("ladd", Deed::Go(Page::Workspace(WorkspaceId::from_bytes([2; 16])))),
            ("support", Deed::Press(Shortcut::Show(Shelf::Team(TeamId::from_bytes([5; 16]))))),
            ("too long", Deed::Press(Shortcut::Show(Shelf::Filter(FilterId::from_bytes([4; 16]))))),
            ("new filter", Deed::Press(Shortcut::NewFilter)),
            ("invis", Deed::Choose(AvailabilityChoice::Invisible)),
            ("availability away", Deed::Choose(AvailabilityChoice::Away)),
            ("sign out", Deed::SignOut),
            ("spam", Deed::Run(CannedId::from_bytes([6; 16]))),
            ("macro close", Deed::Run(CannedId::from_bytes([6; 16]))),
        ] {
            assert_eq!(asked(&here, typed).first(), Some(&right), "{typed}");
        }
        assert_eq!(asked(&here, " xyzzy "), [Deed::Search("xyzzy".to_owned())]);
        assert_eq!(asked(&Surroundings { has_list: false, ..here }, "xyzzy"), []);
    }

    #[test]
    fn ib75_the_keys_that_stand_there_do_what_the_line_does() {
        let here = [Status::Open, Status::Resolved].map(|status| surroundings(Role::Admin, status));
        for offer in here.iter().flat_map(|here| offers(here, "", &WORDS)) {
            let (Deed::Press(wanted), false) = (&offer.asks, offer.keys.is_empty()) else { continue };
            let keys: Vec<&str> = offer.keys.split(' ').collect();
            let (key, held) = keys.split_last().expect("a key");
            let down = KeyDown {
                key,
                control: held.contains(&"Ctrl"),
                modified: held.contains(&"Ctrl"),
                shift: held.contains(&"Shift"),
                ..KeyDown::default()
            };
            let heard = if held == ["g"] { way(down) } else { shortcut(down) };
            let key = if *key == "Esc" { Some(Shortcut::Back) } else { heard };
            assert_eq!(key, Some(*wanted), "{}", offer.keys);
        }
    }
}
