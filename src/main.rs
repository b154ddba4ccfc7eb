//! Mounts the console into the page.

use strongroom::app::App;

fn main() {
    strongroom::web::page::mount(App);
}
