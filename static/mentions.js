// Typing @ in a comment offers the colleagues who read it. Without this script they are ticked below the text.
"use strict";

(() => {
  const MOST = 8;
  const TYPED = /(?:^|[^A-Za-z0-9_.+@-])@([^\s@]{0,40})$/;
  const form = document.querySelector("form[data-mentions]");
  const text = form?.querySelector("textarea[name=text]");
  if (!text) return;

  const people = [...form.querySelectorAll("input[name=to]")].map((box) => {
    const label = box.closest("label").textContent.trim();
    return { label, name: /\(@([^()]+)\)$/.exec(label)?.[1] ?? "" };
  });

  const list = document.createElement("ul");
  list.id = "mention-list";
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  text.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) text.setAttribute(name, value);

  let found = [];
  let chosen = 0;

  const typed = () => TYPED.exec(text.value.slice(0, text.selectionStart))?.[1];

  const close = () => {
    found = [];
    list.hidden = true;
    text.setAttribute("aria-expanded", "false");
    text.removeAttribute("aria-activedescendant");
  };

  const mark = () => {
    [...list.children].forEach((line, number) => line.setAttribute("aria-selected", String(number === chosen)));
    text.setAttribute("aria-activedescendant", `mention-${chosen}`);
  };

  const pick = (person) => {
    const end = text.selectionStart;
    text.setRangeText(`${person.name} `, end - typed().length, end, "end");
    close();
    text.focus();
  };

  const offer = () => {
    const word = typed()?.toLowerCase();
    if (word === undefined) return close();
    found = people.filter((person) => person.name && person.label.toLowerCase().includes(word)).slice(0, MOST);
    chosen = 0;
    list.replaceChildren(
      ...found.map((person, number) => {
        const line = document.createElement("li");
        line.id = `mention-${number}`;
        line.setAttribute("role", "option");
        line.textContent = person.label;
        line.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the text keeps the focus
          pick(person);
        });
        return line;
      }),
    );
    if (!found.length) return close();
    list.hidden = false;
    text.setAttribute("aria-expanded", "true");
    mark();
  };

  text.addEventListener("input", offer);
  text.addEventListener("click", offer);
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) chosen = (chosen + steps[event.key] + found.length) % found.length;
    else if (event.key === "Enter" || event.key === "Tab") pick(found[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    if (!list.hidden) mark();
  });
})();
