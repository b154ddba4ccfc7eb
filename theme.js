// The theme that the person chose, before anything is painted: a page that turns dark after a moment of light hurts.
// A classic script in the head, because modules run only after the first paint.
try {
  const theme = localStorage.getItem("strongroom.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that refuses storage keeps no choice; its own theme is in force.
}
