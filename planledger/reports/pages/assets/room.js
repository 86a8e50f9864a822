// What makes pages a little better where scripts run. Everything works without it.
"use strict";

// A form is sent once: the button says so, and a second press does nothing.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    button?.setAttribute("aria-disabled", "true");
  });
}

// Coming back by the browser's history, the page may be one whose form was sent: let it be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
});
