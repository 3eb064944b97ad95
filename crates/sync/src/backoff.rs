//! How long to wait before trying again.

use crate::env::Entropy;

/// The longest wait, in milliseconds, unless a server asks for more.
pub(crate) const LONGEST_MS: u64 = 15_000;

/// Bound of the wait after the first failure, in milliseconds.
const SHORTEST_MS: u64 = 500;

/// Returns a wait in milliseconds after so many failures in a row: full jitter under a bound that doubles.
pub(crate) fn wait(failures: u32, entropy: &mut Entropy) -> u64 {
    entropy.up_to(bound(failures))
}

/// Returns the bound: half a second after one failure, doubling up to [`LONGEST_MS`].
fn bound(failures: u32) -> u64 {
    let doublings = failures.saturating_sub(1).min(16);
    (SHORTEST_MS << doublings).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sy3_the_bound_doubles_from_half_a_second_to_fifteen() {
        let bounds: Vec<u64> = (0..9).map(bound).collect();
        assert_eq!(bounds, [500, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
        assert_eq!(bound(u32::MAX), LONGEST_MS);
    }

    #[test]
    fn sy3_waits_are_spread_over_the_whole_range() {
        let mut tenths = [0_u32; 10];
        for seed in 0..=255_u8 {
            let mut bytes = [seed; 32];
            bytes[0] = seed.wrapping_mul(73);
            bytes[1] = seed.wrapping_mul(151);
            let wait = wait(7, &mut Entropy::new(bytes));
            tenths[usize::try_from(wait * 10 / (LONGEST_MS + 1)).expect("below ten")] += 1;
        }
        assert!(tenths.iter().all(|count| *count >= 10), "{tenths:?}");
    }

    proptest! {
        #[test]
        fn sy3_no_wait_is_over_its_bound(failures: u32, bytes: [u8; 32]) {
            prop_assert!(wait(failures, &mut Entropy::new(bytes)) <= bound(failures));
        }
    }
}
