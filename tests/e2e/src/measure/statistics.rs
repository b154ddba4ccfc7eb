//! What many numbers say together.

/// The given percentile of these numbers; 0 for none.
pub(super) fn percentile(numbers: &[f64], percent: usize) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// The one in the middle, or between the two in the middle; 0 of none.
pub(super) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
    let middle = sorted.len() / 2;
    if sorted.is_empty() || sorted.len() % 2 == 1 {
        at(middle)
    } else {
        f64::midpoint(at(middle - 1), at(middle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_numbers_that_were_measured() {
        let numbers: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            [50, 95, 99, 100].map(|it| percentile(&numbers, it)),
            [50.0, 95.0, 99.0, 100.0]
        );
        assert_eq!(percentile(&[3.0], 50), 3.0);
        assert_eq!(percentile(&[3.0, 1.0], 95), 3.0);
        assert_eq!(percentile(&[], 50), 0.0);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[9.0, 1.0, 2.0, 4.0]), 3.0);
        assert_eq!(median(&[]), 0.0);
    }
}
