//! Sets of what an enum lists: a list of names in JSON, a number in postcard and in columns.

use core::fmt;
use core::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An enum whose variants, fewer than 32, can be in a [`Set`]. Its list only grows at its end.
pub trait Member: Copy + fmt::Debug + 'static {
    /// Every member, in the order of the list.
    const LIST: &'static [Self];

    /// Its place in the list, from 0.
    fn place(self) -> u32;
}

/// Some of the members of a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set<M> {
    bits: u32,
    of: PhantomData<M>,
}

impl<M: Member> Set<M> {
    /// None of them.
    pub const NONE: Self = Self { bits: 0, of: PhantomData };

    /// The set of a list.
    #[must_use]
    pub fn of(members: &[M]) -> Self {
        members.iter().fold(Self::NONE, |set, member| set.set(*member, true))
    }

    /// All of them.
    #[must_use]
    pub fn all() -> Self {
        Self::of(M::LIST)
    }

    /// Whether there is none in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether a member is in it.
    #[must_use]
    pub fn contains(self, member: M) -> bool {
        self.covers(bit(member))
    }

    /// The same with a member, or without it.
    #[must_use]
    pub fn set(self, member: M, is_in: bool) -> Self {
        let bits = bit(member).bits;
        Self { bits: if is_in { self.bits | bits } else { self.bits & !bits }, ..self }
    }

    /// What is in this set or in another one.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, of: PhantomData }
    }

    /// What is in both.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, of: PhantomData }
    }

    /// Whether all of another set is in this one.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.bits & other.bits == other.bits
    }

    /// What is in it, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = M> {
        M::LIST.iter().copied().filter(move |member| self.contains(*member))
    }

    /// The set as a number, for a column.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.bits
    }

    /// The set of a stored number; bits that name no member are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        Self { bits, of: PhantomData }.within(Self::all())
    }
}

fn bit<M: Member>(member: M) -> Set<M> {
    Set { bits: 1_u32.unbounded_shl(member.place()), of: PhantomData }
}

impl<M: Member> Default for Set<M> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<M: Member> fmt::Debug for Set<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl<M: Member + Serialize> Serialize for Set<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_seq(self.iter())
        } else {
            self.bits.serialize(serializer)
        }
    }
}

impl<'de, M: Member + Deserialize<'de>> Deserialize<'de> for Set<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Vec::<M>::deserialize(deserializer).map(|list| Self::of(&list))
        } else {
            u32::deserialize(deserializer).map(Self::from_bits)
        }
    }
}
