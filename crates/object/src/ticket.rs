//! Whether what a hello brings is good at this object. An agent's ticket is, once (SPEC AC3): what it opened is kept with
//! the socket, and stored if the socket leaves before the ticket expires. A visitor's token is until its site or its proof
//! is gone (SPEC SI5, ID10).

use mutant::mutant;
use protocol::{AgentTicket, CloseCode, VisitorClaims};
use store::void_tickets::VoidTickets;

use crate::attachment::SpentTicket;
use crate::platform::Platform;
use crate::sockets::{Sockets, closing};

impl<S: Clone + PartialEq> Sockets<S> {
    /// Takes a ticket for a socket, once.
    ///
    /// # Errors
    /// [`CloseCode::Unauthenticated`] if it is void, [`CloseCode::Zombie`] if that cannot be read.
    pub(crate) fn spend<P: Platform<Socket = S>>(
        &mut self,
        platform: &mut P,
        handle: &S,
        ticket: &AgentTicket,
    ) -> Result<(), CloseCode> {
        let is_shown = self
            .iter()
            .any(|socket| socket.attachment.spent.is_some_and(|spent| spent.nonce == ticket.nonce));
        let is_void = VoidTickets::new(platform.database()).contain(ticket).map_err(|error| {
            platform.storage_failed(&error);
            CloseCode::Zombie
        })?;
        if is_shown || is_void {
            platform.refused("a void ticket", ticket.agent.id);
            return Err(CloseCode::Unauthenticated);
        }
        let socket = self.get_mut(handle).ok_or(CloseCode::Zombie)?;
        socket.attachment.spent = Some(SpentTicket { nonce: ticket.nonce, expires_at: ticket.expires_at });
        socket.keep(platform);
        Ok(())
    }

    /// Stores that a ticket was used whose socket leaves while it would still be good.
    pub(crate) fn store_spent<P: Platform<Socket = S>>(&self, platform: &P, leaving: &S) {
        let now = platform.now();
        let spent = self.get(leaving).and_then(|socket| mutant!(27, socket.attachment.spent, None));
        let Some(SpentTicket { nonce, expires_at }) = spent.filter(|spent| now < spent.expires_at) else {
            return;
        };
        if let Err(error) = VoidTickets::new(platform.database()).spend(nonce, expires_at, now) {
            platform.storage_failed(&error);
        }
    }
}

/// Decides whether a visitor's token still opens a socket, as far as this object was told.
///
/// # Errors
/// How the socket is to be closed.
pub(crate) fn stands<P: Platform>(platform: &P, claims: &VisitorClaims) -> Result<(), CloseCode> {
    let ended = VoidTickets::new(platform.database()).ended_for(claims).map_err(|error| {
        platform.storage_failed(&error);
        CloseCode::Zombie
    })?;
    ended.map_or(Ok(()), |ended| Err(closing(&ended)))
}
