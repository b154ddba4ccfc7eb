//! Words to make a passphrase of: our own list, of words of four letters that are easy to say and to type.
//!
//! The lists of the EFF (7776 words, CC BY) are better known and eight times as large in the program; ten bits a word
//! with a word more in the phrase are the same strength.

/// How many words there are: a power of two, so that each is worth a whole number of bits.
pub(super) const COUNT: usize = 1024;

/// Letters of each word.
const LETTERS: usize = 4;

/// The word of this number; none beyond the list.
pub(super) fn word(number: usize) -> Option<&'static str> {
    let start = number.checked_mul(LETTERS + 1)?;
    WORDS.get(start..start + LETTERS)
}

/// Each word is followed by one character.
const WORDS: &str =
    "abed able acid aged ages airy also alto amid apex aqua area army ashy atom atop aunt aura avid away axis baby
back bait bake bald bale ball balm band bank bare bark barn base bath bead beak beam bean bear beat been bees
beet bell belt bend bent best beta bike bill bind bird bite blew bloc blot blue blur boar boat body bold bolt
bone book boom boot born boss both bowl bows bran brew brim brow buds bugs bulb bulk bull bump bunk buoy burn
bush busy buzz cafe cage cake calf call calm came camp cams cane cans cape caps card care cars cart case cash
cast cats cave cell cent chap char chat chef chew chic chin chip city clad clam clan clap claw clay clef clip
clog club clue coal coat code coil coin cold colt come cone cook cool coop cope copy cord core cork corn cost
cosy cove cows cozy crab crew crib crop crow cube cubs cups curb cure curl cute cyan dads dale dare dart dash
data date dawn days daze deal dear debt deck deed deep deer demo dent deny desk dial dice diet digs dime dine
disc dish disk dive dock dogs dojo doll dome done door dose dots dove down doze draw drew drip drop drum dual
duck duet duke dune dusk dust duty dyes each earl earn ears ease east easy echo eden edge edit eels eggs elks
elms emit ends envy eons epee epic eras etch even ever exam exit eyes face fact fade fair fall fame fang fans
farm fast faun fawn feed feel fees feet fell felt fern figs file fill film find fine fins fire firm firs fish
five fizz flag flap flat flax flea flee flew flex flip flow flux foal foam foes fogs foil fold folk fond font
food foot fore fork form fort four fowl foxy fray free fret frog from fuel full fund funk furs fury fuse gain
gala gale game gaps garb gasp gate gave gaze gear gems germ gift gild gilt give glad glee glen glow glue gnat
gnus goal goat goes gold golf gone gong good gown grab gray grew grid grin grip grow gulf gulp guru gust gyms
hail hair half hall halt hams hand hang hard hare harp hats have hawk haze head heap hear heat heel held helm
help hemp hems hens herb herd here hero hide high hike hill hint hips hire hive hogs hold hole holy home hood
hoof hook hoop hope hops horn hose host hour howl hubs hues huge hull hums hunt hush husk huts hymn ibex icon
idea idle inch inks inns into ions iris iron isle itch item jabs jade jail jars jaws jays jazz jeep jets jobs
jogs joke jolt joys jugs jump june junk jury just keen keep kegs kelp kept keys kick kids kiln kilt kind king
kite kits kiwi knee knew knit knob knot know lace lack lads lady lake lamb lamp land lane laps lark last late
lava lawn laws lazy lead leaf lean leap left legs lend lens less lids lift like lilt lily lima limb lime line
link lint lion lips list live load loaf loan lobe lock loft logo logs long look loom loop loot lops lord lore
loud love luck lung lure lush lute lyre mace made maid mail main make male malt many maps mare mark mars mask
mast mate math maze mead meal mean meat meet melt memo mend menu mesh mews mica mice mild mile milk mill mime
mind mine mink mint minx mist moan moat mock mode mole molt monk mood moon moor mops more moss most moth move
mows much muff mugs mule mull muse must myth nail name naps navy near neat neck need nest nets news newt next
nibs nice nine node nods none nook noon nose note noun nova nuts oaks oars oath oats obey oboe odds oils oink
okay omit once ones only onto onyx opal open oral orbs ores ouch oval oven over owls owns oxen pace pack pads
page paid pail pair pale palm park part pass past path pave pawn peak pear peas peat peel peer pens pets pier
pike pile pine pink pint pipe plan play plot plow plug plum plus poem poet pole poll polo pond pony pool pope
pork port pose post pour pray prop pull pump pure push quay quit quiz race rack raft rail rain ramp rang rank
rare rate rays read real reed reef reel rely rent rest rice rich ride ring rink rise risk rite road roam roar
robe rock rode role roll roof room root rope rose rows ruby rude ruin rule rush rust safe saga sage said sail
sake salt same sand sang save says seal seam seat seed seek seem seen self sell send sent sets shed ship shoe
shop shot show shut side sift sign silk silo sing sink site size skin skip slab sled slid slim slip slot slow
snap snow soak soap soar sock sofa soft soil sold sole solo some song soon sort soul soup sour spin spot spun
spur stag star stay stem step stir stop such suit sung sure surf swan swap sway swim tabs tack tail take tale
talk tall tame tank tape task taxi teal team tear tell tend tent term test text than that them then they thin
this thus tide tidy tied tile till tilt time tint tiny tips tire toad toes told toll tone took tool tops torn
toss tour town toys tram trap tray tree trek trim trio trip trot true tube tuna tune turf turn tusk twig twin
type unit upon urge used user vase vast veil vein vent verb very vest vial view vine visa void volt vote wade
wage wait wake walk wall wand want ward warm wash wasp wave waxy ways wear weed week well went were west what
when wide wife wild will wind wine wing wink wire wise wish with wolf wood wool word wore work wrap wren yard
yarn year yell yoga yolk your zeal zero zest zinc zone zoom";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_as_many_different_words_as_it_says() {
        let words: BTreeSet<_> = (0..COUNT).filter_map(word).collect();
        assert_eq!(words.len(), COUNT);
        assert_eq!(word(COUNT), None);
        assert!(
            words
                .iter()
                .all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase()))
        );
        assert!(WORDS.split_whitespace().eq((0..COUNT).filter_map(word)));
    }
}
