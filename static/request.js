// The request form keeps what is typed while it is typed. Without this script the buttons of the form do the same.
"use strict";

(() => {
  const PAUSE = 1500; // milliseconds after the last key
  const form = document.querySelector("form[data-keep-at]");
  if (!form) return;

  const written = () => {
    const values = new URLSearchParams(new FormData(form));
    values.delete("do");
    return values;
  };
  const compared = () => {
    const values = written();
    for (const name of ["kept", "form_token", "csrfmiddlewaretoken"]) values.delete(name);
    return values.toString();
  };

  let last = compared();
  let timer = 0;
  let sending = false;
  let stopped = false;

  const say = (words) => {
    const place = document.getElementById("kept-words");
    if (place) place.textContent = words;
  };

  const keep = async () => {
    if (sending || stopped || compared() === last) return;
    sending = true;
    const sent = compared();
    try {
      const answer = await fetch(form.dataset.keepAt, {
        method: "POST",
        body: written(),
        headers: { "HX-Request": "true" },
      });
      if (answer.ok || answer.status === 412) {
        document.getElementById("kept").outerHTML = await answer.text();
        if (answer.ok) last = sent;
        else stopped = true; // another window is newer: nothing more is sent from this one
      } else {
        say(form.dataset.notKept);
      }
    } catch {
      say(form.dataset.notKept); // no network: the next key tries again
    } finally {
      sending = false;
    }
    if (!stopped && compared() !== last) later();
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    stopped = true;
  });
  form.addEventListener("htmx:afterSwap", later);
  window.addEventListener("pagehide", () => {
    if (!stopped && !sending && compared() !== last) navigator.sendBeacon(form.dataset.keepAt, written());
  });
})();
