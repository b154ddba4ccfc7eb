//! The contrast of the tokens of `style/tokens.css`, in both themes, by the formulas of WCAG 2.2 (1.4.3 and 1.4.11).

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// What text needs on what is behind it.
    const TEXT: f64 = 4.5;
    /// What the edge of a control, or the mark of the focus, needs.
    const CONTROL: f64 = 3.0;

    /// What lies behind everything else.
    const SURFACES: [&str; 4] = ["surface", "surface-raised", "surface-sunken", "surface-hover"];

    /// Text, and the only thing that it is put on, beside the surfaces.
    const ON: [(&str, &str); 17] = [
        ("on-accent", "accent-fill"),
        ("on-accent", "accent-fill-hover"),
        ("on-danger", "danger-fill"),
        ("on-danger", "danger-fill-hover"),
        ("text", "accent-soft"),
        ("text-muted", "accent-soft"),
        ("accent", "accent-soft"),
        ("danger", "danger-soft"),
        ("warning", "warning-soft"),
        ("success", "success-soft"),
        ("text", "danger-soft"),
        ("text", "warning-soft"),
        ("text", "success-soft"),
        ("text-muted", "danger-soft"),
        ("text-muted", "warning-soft"),
        ("accent", "danger-soft"),
        ("text-muted", "success-soft"),
    ];

    /// Lightness, chroma and hue.
    type Oklch = [f64; 3];

    /// Every colour by its name, light and dark.
    fn colours(sheet: &str) -> BTreeMap<String, [Oklch; 2]> {
        let mut found = BTreeMap::new();
        for line in sheet.lines() {
            let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": ")) else {
                continue;
            };
            let Some(pair) = value
                .strip_prefix("light-dark(")
                .and_then(|value| value.strip_suffix(");"))
            else {
                continue;
            };
            let (light, dark) = pair.split_once("), ").expect("two colours");
            found.insert(name.to_owned(), [oklch(light), oklch(dark)]);
        }
        found
    }

    fn oklch(text: &str) -> Oklch {
        let numbers = text.trim_start_matches("oklch(").trim_end_matches(')');
        let numbers: Vec<f64> = numbers
            .split('/')
            .next()
            .expect("a colour")
            .split_whitespace()
            .map(|number| match number.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().expect("a percentage") / 100.0,
                None => number.parse().expect("a number"),
            })
            .collect();
        numbers.try_into().unwrap_or_else(|_| panic!("not a colour: {text}"))
    }

    /// Linear light of red, green and blue, as <https://www.w3.org/TR/css-color-4/#ok-lab> defines them, cut to what a
    /// screen can show.
    fn linear([lightness, chroma, hue]: Oklch) -> [f64; 3] {
        let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
        let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
        ]
        .map(|light| light.clamp(0.0, 1.0))
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
    fn contrast(one: Oklch, other: Oklch) -> f64 {
        let luminance = |colour| {
            let [red, green, blue] = linear(colour);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn black_on_white_is_twenty_one() {
        let black_on_white = contrast([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]);
        assert!((black_on_white - 21.0).abs() < 0.01, "{black_on_white}");
        // #767676 is the lightest grey that text on white may have.
        let grey = contrast([0.5654, 0.0, 0.0], [1.0, 0.0, 0.0]);
        assert!((grey - 4.54).abs() < 0.05, "{grey}");
    }

    #[test]
    fn every_pair_is_legible_in_both_themes() {
        let sheet =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css")).expect("the tokens");
        let colours = colours(&sheet);
        assert!(colours.len() >= 20, "only {} colours were found", colours.len());
        let mut pairs: Vec<(&str, &str, f64)> = ON.map(|(text, behind)| (text, behind, TEXT)).to_vec();
        for surface in SURFACES {
            for text in ["text", "text-muted", "accent", "danger", "warning", "success"] {
                pairs.push((text, surface, TEXT));
            }
            for control in ["border-control", "focus", "accent-fill"] {
                pairs.push((control, surface, CONTROL));
            }
        }
        let mut broken = Vec::new();
        for (front, behind, least) in pairs {
            for (theme, name) in ["light", "dark"].iter().enumerate() {
                let colour = |token: &str| colours.get(token).unwrap_or_else(|| panic!("no token --{token}"))[theme];
                let found = contrast(colour(front), colour(behind));
                if found < least {
                    broken.push(format!("{front} on {behind}, {name}: {found:.2}, {least} at least"));
                }
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
