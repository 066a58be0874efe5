// A choice among variants as a row for each of their options: "S, M, L" and "sand, brick" where
// the page, which works without this, has "S / sand", "S / brick" and so on.

/** `fieldset` has the radios of all variants with `data-values`; they stay what the form sends. */
export function optionRows(fieldset) {
  const names = JSON.parse(fieldset.dataset.options);
  const variants = [...fieldset.querySelectorAll("input[name=variant]")].map((radio) => ({
    radio,
    values: JSON.parse(radio.dataset.values),
    isGone: radio.dataset.stock === "0",
  }));
  if (names.length < 2 || variants.some(({ values }) => values.length !== names.length)) return;

  const rows = names.map((name, place) => row(fieldset, name, place, distinct(variants.map(({ values }) => values[place]))));
  fieldset.after(...rows);
  fieldset.hidden = true;

  const chosen = () => variants.find(({ radio }) => radio.checked) ?? variants[0];
  const show = () => {
    const { values } = chosen();
    for (const [place, each] of rows.entries()) {
      for (const input of each.querySelectorAll("input")) {
        input.checked = input.value === values[place];
        const other = variants.find((one) => same(one.values, values.with(place, input.value)));
        input.closest("label").classList.toggle("is-gone", !other || other.isGone);
      }
    }
  };
  const choose = ({ target }) => {
    const place = rows.findIndex((each) => each.contains(target));
    const wanted = chosen().values.with(place, target.value);
    nearest(variants, wanted, place).radio.click();
    show();
  };
  for (const each of rows) each.addEventListener("change", choose);
  show();
}

/** What was asked for; where there is none, what shares the value just chosen and most others. */
function nearest(variants, wanted, place) {
  const likeness = ({ values, isGone }) => values.filter((value, at) => value === wanted[at]).length - (isGone ? 0.5 : 0);
  return variants
    .filter(({ values }) => values[place] === wanted[place])
    .reduce((best, one) => (likeness(one) > likeness(best) ? one : best));
}

function row(model, name, place, values) {
  const fieldset = document.createElement("fieldset");
  fieldset.className = model.className;
  const legend = document.createElement("legend");
  legend.className = "field__label";
  legend.dir = "auto";
  legend.textContent = name;
  fieldset.append(legend, ...values.map((value) => choice(`option-${place}`, value)));
  return fieldset;
}

function choice(name, value) {
  const label = document.createElement("label");
  label.className = "chip buying__one";
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name, value });
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = value;
  label.append(input, words);
  return label;
}

const distinct = (values) => [...new Set(values)];
const same = (one, other) => one.every((value, place) => value === other[place]);
