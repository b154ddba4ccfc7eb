//! Numbers that look random and are the same each time, so that demos and screenshots are repeatable.

use crate::identifiers::Kind;

/// The time in the ids of demo data, in milliseconds: 2025-01-01. Fixed, so that ids stay the same from run to run
/// while the dates move with the clock; ids are opaque.
const ID_TIME: u64 = 1_735_689_600_000;

/// A sequence of numbers (SplitMix64, Steele, Lea and Flood 2014). Nothing that is kept secret comes from it.
pub(crate) struct Generator {
    state: u64,
    ids: u64,
    /// Makes the ids differ from those of another generator with the same seed.
    salt: u128,
}

impl Generator {
    /// The sequence of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::salted(seed, 0)
    }

    /// The same sequence, with ids of its own.
    pub(crate) fn salted(seed: u64, salt: u32) -> Self {
        Self {
            state: seed,
            ids: 0,
            salt: u128::from(salt),
        }
    }

    /// The next number.
    pub(crate) fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound; 0 for a bound of 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.number().checked_rem(bound).unwrap_or_default()
    }

    /// The next id: each sorts after the one before, which keeps indexes quick to fill.
    pub(crate) fn id(&mut self, kind: Kind) -> String {
        self.ids += 1;
        let random = (u128::from(self.number()) << 64) | u128::from(self.number());
        kind.id_of(ID_TIME + self.ids, random ^ self.salt)
    }
}
