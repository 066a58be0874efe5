// Holding a button to speak: let go it is sent, slid aside it is thrown away, slid up it goes on without the finger.

const TAP = 350; // milliseconds: shorter is a tap, which records until it is stopped
const ASIDE = 90; // pixels to the side that throw it away
const UP = 70; // pixels upwards that lock it

/** Makes `button` one to hold. `bar` shows how far a slide has come: --slide and --rise from 0 to 1. */
export class Hold {
  #bar;
  #wishes;
  #since = 0;
  #from = null;

  /** `wishes`: what to do at `begin(event)`, `drop()`, `lock()` and `send()`. */
  constructor(button, bar, wishes) {
    this.#bar = bar;
    this.#wishes = wishes;
    button.addEventListener("pointerdown", this.#press);
    this.stop = () => {
      button.removeEventListener("pointerdown", this.#press);
      this.letGo();
    };
  }

  /** Whatever the finger does from now on means nothing. */
  letGo() {
    removeEventListener("pointermove", this.#move);
    for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, this.#lift);
    this.#bar.classList.remove("is-held");
    this.#show(0, 0);
  }

  #press = (event) => {
    if (event.button) return;
    this.#since = performance.now();
    this.#from = event;
    addEventListener("pointermove", this.#move);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, this.#lift);
    this.#bar.classList.add("is-held");
    this.#wishes.begin(event);
  };

  #move = ({ clientX, clientY }) => {
    const aside = Math.abs(clientX - this.#from.clientX) / ASIDE;
    const up = Math.max(0, this.#from.clientY - clientY) / UP;
    // One or the other: whichever way the finger went further.
    this.#show(aside > up ? aside : 0, up >= aside ? up : 0);
    if (Math.max(aside, up) < 1) return;
    this.letGo();
    if (aside > up) this.#wishes.drop();
    else this.#wishes.lock();
  };

  #lift = () => {
    this.letGo();
    if (performance.now() - this.#since >= TAP) this.#wishes.send();
  };

  #show(aside, up) {
    this.#bar.style.setProperty("--slide", Math.min(1, aside));
    this.#bar.style.setProperty("--rise", Math.min(1, up));
  }
}
