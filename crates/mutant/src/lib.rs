//! Deliberate bugs, which prove that the simulator finds bugs (`cargo xtask sim --mutants`).
//!
//! A place where the code could be wrong says [`mutant!`]`(number, right, wrong)`. Every build is right: the wrong half
//! is not even compiled unless the whole build was made with `--cfg mutants`, which no build that is served is.

/// The right expression; in a build with `--cfg mutants`, the wrong one while the mutant of that number is chosen.
#[cfg(not(mutants))]
#[macro_export]
macro_rules! mutant {
    ($number:literal, $right:expr, $wrong:expr $(,)?) => {
        $right
    };
}

/// The right expression; in a build with `--cfg mutants`, the wrong one while the mutant of that number is chosen.
#[cfg(mutants)]
#[macro_export]
macro_rules! mutant {
    ($number:literal, $right:expr, $wrong:expr $(,)?) => {
        if $crate::is_chosen($number) { $wrong } else { $right }
    };
}

#[cfg(mutants)]
mod choice {
    use core::cell::Cell;

    std::thread_local! {
        static CHOSEN: Cell<u32> = const { Cell::new(0) };
    }

    /// Chooses the mutant of this thread; 0 is none.
    pub fn choose(number: u32) {
        CHOSEN.set(number);
    }

    /// Whether this thread runs a mutant.
    #[must_use]
    pub fn is_chosen(number: u32) -> bool {
        CHOSEN.get() == number
    }
}

#[cfg(mutants)]
pub use choice::{choose, is_chosen};
