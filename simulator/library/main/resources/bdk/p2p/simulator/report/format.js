const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function count(number) {
  return whole.format(number);
}

/** "1 node", "2 nodes". */
function counted(number, one, many = one + "s") {
  return count(number) + " " + (number === 1 ? one : many);
}

function scaled(number, gap) {
  for (const [size, letter] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (number >= size) {
      return three.format(number / size) + gap + letter;
    }
  }
  return three.format(number) + gap;
}

/** For axes and small places: 1.2k, 3.4M. */
function short(number) {
  return scaled(number, "");
}

function bytes(number) {
  return scaled(number, " ") + "B";
}

function millis(number) {
  if (number >= 10_000) {
    return three.format(number / 1000) + " s";
  }
  return (number >= 100 ? count(number) : three.format(number)) + " ms";
}

/** For axes, whose values are round. */
function shortMillis(number) {
  return number >= 1000 ? three.format(number / 1000) + " s" : three.format(number) + " ms";
}

/** A time of the run, in seconds. */
function seconds(atMillis) {
  return new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(atMillis / 1000) + " s";
}

/** Never rounds up to all. */
function percent(share) {
  const shown = Math.floor(share * 1000) / 10;
  return shown + " %";
}
