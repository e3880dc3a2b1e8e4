// Keeps the player in sight, smaller, while the page is scrolled to what lies below it.

/** Lets `player` dock at the top of the window once its place has been scrolled away; answers what ends that. */
export function dock(place, player) {
  const set = docked => {
    place.style.minHeight = docked ? `${place.offsetHeight}px` : '';
    player.classList.toggle('docked', docked);
    document.documentElement.classList.toggle('has-dock', docked);
  };
  const look = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) =>
    set(!isIntersecting && boundingClientRect.bottom <= 0 && boundingClientRect.height > 0));
  look.observe(place);
  return () => {
    look.disconnect();
    set(false);
  };
}

/** Whether the player is docked. */
export const isDocked = () => document.documentElement.classList.contains('has-dock');
