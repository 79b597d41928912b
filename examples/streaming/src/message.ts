import type { Reply } from "schemacast/emulator";

/** What stands in the page's text field at first. */
export const message = `Ok so the lemon pasta you asked about! For the two of us I take 200 g spaghetti, one big lemon (zest AND juice), 40 g butter, a good handful of parmesan and black pepper, lots. Boil the pasta but keep a cup of its water, that's the whole trick. Melt the butter with the zest, add the juice and a ladle of the water, toss the spaghetti in it off the heat with the cheese till it's glossy. Twenty minutes, you can't get it wrong. Call me x`;

/** What a model said about it: the emulator repeats it where there is no key. Other messages get a sample. */
export const replies: readonly Reply[] = [
  {
    name: "Recipe",
    input: "lemon pasta",
    reasoning: "",
    value: {
      title: "Spaghetti al limone",
      summary: "Bright, buttery and peppery: a whole lemon and a ladle of pasta water make the sauce.",
      servings: 2,
      minutes: 20,
      difficulty: "easy",
      ingredients: [
        { amount: "200 g", name: "spaghetti" },
        { amount: "1", name: "big lemon, zest and juice" },
        { amount: "40 g", name: "butter" },
        { amount: "1 handful", name: "parmesan" },
        { name: "black pepper, lots" },
      ],
      steps: [
        "Boil the spaghetti and keep a cup of the water.",
        "Melt the butter with the lemon zest.",
        "Add the juice and a ladle of pasta water.",
        "Off the heat, toss the spaghetti in it with the cheese until it is glossy.",
      ],
    },
  },
];
