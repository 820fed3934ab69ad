/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trainer: reads the corpus, fits the linear model by stochastic gradient descent
 * with AdaGrad, measures it on the part it has not seen, and writes the model file.
 * The same corpus gives the same file: fixed seeds, fixed order, one thread.
 *
 *   train CORPUS.tsv... --output MODEL [--evaluate FILE.tsv]
 *   train CORPUS.tsv... --folds 5
 *
 * A line of the corpus: category, priority, text, separated by tabs. Every tenth line,
 * chosen by a hash of its text, is held out. With --folds every line is once held out:
 * by that figure features and the numbers below are chosen. */

#include "config.h"

#include "uc-model-private.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define EPOCHS        20
#define RATE          0.15f
#define DAMPING       1e-2f /* keeps the first steps of a rare feature small */
#define DECAY         2e-6f
#define WEIGHT_RANGE  28000
#define HELD_OUT_PART 10

static const char *const class_names[UC_MODEL_CLASSES] = {
  "request", "question", "incident", "scheduling", "decision", "update",
  "social",  "critical", "high",     "normal",     "low",
};

/* How much a line of each priority counts when priorities are learned: the rare ones
 * more, or all would be normal. */
static const float priority_weights[UC_MODEL_PRIORITIES] = { 3, 3, 1, 1 };

typedef struct {
  guint    fold;
  guint    classes[2]; /* category, priority: places in class_names */
  guint    n;
  guint16 *buckets;
} Example;

typedef struct {
  float weights[UC_N_BUCKETS][UC_MODEL_CLASSES];
  float squares[UC_N_BUCKETS][UC_MODEL_CLASSES]; /* AdaGrad: sums of squared gradients */
  float bias[UC_MODEL_CLASSES];
  float bias_squares[UC_MODEL_CLASSES];
} Learner;

/* The two decisions of the model: where their classes lie. */
static const struct {
  guint first, n;
} decisions[2] = {
  { 0, UC_MODEL_CATEGORIES },
  { UC_MODEL_CATEGORIES, UC_MODEL_PRIORITIES },
};

static void
example_free (gpointer data)
{
  Example *self = data;

  g_free (self->buckets);
  g_free (self);
}

static gboolean
find_class (const char *name, guint decision, guint *found)
{
  for (guint i = 0; i < decisions[decision].n; i++)
    if (g_str_equal (class_names[decisions[decision].first + i], name)) {
      *found = decisions[decision].first + i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
load (const char *path, GPtrArray *examples, GPtrArray *held_out, GError **error)
{
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &content, NULL, error))
    return FALSE;
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 3);
    g_autofree Example *example = g_new0 (Example, 1);
    UcFeatures          features;

    if (lines[i][0] == '\0' || lines[i][0] == '#')
      continue;
    if (g_strv_length (parts) != 3 || !find_class (parts[0], 0, &example->classes[0]) ||
        !find_class (parts[1], 1, &example->classes[1])) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s:%u: not category, priority, text", path, i + 1);
      return FALSE;
    }
    _uc_features_extract (&features, parts[2], strlen (parts[2]), NULL, NULL);
    example->fold = (g_str_hash (parts[2]) * 2654435761u) >> 8;
    example->n = features.n;
    example->buckets = g_memdup2 (features.buckets, features.n * sizeof *features.buckets);
    g_ptr_array_add (held_out != NULL && g_str_hash (parts[2]) % HELD_OUT_PART == 0 ? held_out
                                                                                    : examples,
                     g_steal_pointer (&example));
  }
  return TRUE;
}

static void
score (const Learner *self, const Example *example, float *scores)
{
  float scale = 1 / sqrtf ((float) MAX (example->n, 1));

  memset (scores, 0, UC_MODEL_CLASSES * sizeof *scores);
  for (guint i = 0; i < example->n; i++)
    for (guint c = 0; c < UC_MODEL_CLASSES; c++)
      scores[c] += self->weights[example->buckets[i]][c];
  for (guint c = 0; c < UC_MODEL_CLASSES; c++)
    scores[c] = scores[c] * scale + self->bias[c];
}

static void
softmax (float *scores, guint n, float temperature)
{
  float highest = scores[0], sum = 0;

  for (guint i = 1; i < n; i++)
    highest = MAX (highest, scores[i]);
  for (guint i = 0; i < n; i++)
    sum += scores[i] = expf ((scores[i] - highest) / temperature);
  for (guint i = 0; i < n; i++)
    scores[i] /= sum;
}

static void
learn (Learner *self, const Example *example)
{
  float scores[UC_MODEL_CLASSES];
  float scale = 1 / sqrtf ((float) MAX (example->n, 1));

  score (self, example, scores);
  for (guint d = 0; d < G_N_ELEMENTS (decisions); d++)
    softmax (scores + decisions[d].first, decisions[d].n, 1);
  for (guint d = 0; d < G_N_ELEMENTS (decisions); d++)
    scores[example->classes[d]] -= 1;
  for (guint c = 0; c < UC_MODEL_PRIORITIES; c++)
    scores[UC_MODEL_CATEGORIES + c] *= priority_weights[example->classes[1] - UC_MODEL_CATEGORIES];

  for (guint c = 0; c < UC_MODEL_CLASSES; c++) {
    float gradient = scores[c];

    self->bias_squares[c] += gradient * gradient;
    self->bias[c] -= RATE * gradient / sqrtf (self->bias_squares[c] + 1e-6f);
  }
  for (guint i = 0; i < example->n; i++) {
    float *row = self->weights[example->buckets[i]];
    float *squares = self->squares[example->buckets[i]];

    for (guint c = 0; c < UC_MODEL_CLASSES; c++) {
      float gradient = scores[c] * scale + DECAY * row[c];

      squares[c] += gradient * gradient;
      row[c] -= RATE * gradient / sqrtf (squares[c] + DAMPING);
    }
  }
}

static Learner *
train (GPtrArray *examples)
{
  Learner *self = g_new0 (Learner, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261120);
  g_autofree guint *order = g_new (guint, examples->len);

  for (guint i = 0; i < examples->len; i++)
    order[i] = i;
  for (guint epoch = 0; epoch < EPOCHS; epoch++) {
    for (guint i = examples->len - 1; i > 0; i--) {
      guint j = g_rand_int_range (rand, 0, (gint32) i + 1);
      guint swap = order[i];

      order[i] = order[j];
      order[j] = swap;
    }
    for (guint i = 0; i < examples->len; i++)
      learn (self, g_ptr_array_index (examples, order[i]));
  }
  return self;
}

static guint
highest (const float *scores, guint decision)
{
  guint best = decisions[decision].first;

  for (guint i = 0; i < decisions[decision].n; i++)
    if (scores[decisions[decision].first + i] > scores[best])
      best = decisions[decision].first + i;
  return best;
}

/* How often each class was there and was found. */
typedef struct {
  guint n;
  guint right[UC_MODEL_CLASSES];
  guint all[UC_MODEL_CLASSES];
} Result;

static void
measure (const Learner *self, GPtrArray *examples, Result *result)
{
  for (guint i = 0; i < examples->len; i++) {
    const Example *example = g_ptr_array_index (examples, i);
    float          scores[UC_MODEL_CLASSES];
    guint          found[2];

    score (self, example, scores);
    found[0] = highest (scores, 0);
    found[1] = UC_MODEL_CATEGORIES +
               _uc_model_settle_priority (found[0], highest (scores, 1) - UC_MODEL_CATEGORIES);
    for (guint d = 0; d < G_N_ELEMENTS (decisions); d++) {
      result->all[example->classes[d]]++;
      result->right[example->classes[d]] += found[d] == example->classes[d];
    }
    result->n++;
  }
}

/* Prints how often each decision is right, per class too. */
static void
print_result (const Result *result, const char *title)
{
  for (guint d = 0; d < G_N_ELEMENTS (decisions); d++) {
    const guint *right = result->right + decisions[d].first;
    const guint *all = result->all + decisions[d].first;
    guint        n_right = 0;

    for (guint i = 0; i < decisions[d].n; i++)
      n_right += right[i];
    g_print ("%s, %s: %u of %u right (%.1f %%);", title, d == 0 ? "category" : "priority", n_right,
             result->n, 100.0 * n_right / MAX (result->n, 1));
    for (guint i = 0; i < decisions[d].n; i++)
      g_print (" %s %u/%u", class_names[decisions[d].first + i], right[i], all[i]);
    g_print ("\n");
  }
}

static void
evaluate (const Learner *self, GPtrArray *examples, const char *title)
{
  Result result = { 0 };

  measure (self, examples, &result);
  print_result (&result, title);
}

/* Each line is judged by a learner that has seen all folds but the line's own. */
static void
cross_validate (GPtrArray *examples, guint n_folds)
{
  Result result = { 0 };

  for (guint fold = 0; fold < n_folds; fold++) {
    g_autoptr (GPtrArray) seen = g_ptr_array_new ();
    g_autoptr (GPtrArray) unseen = g_ptr_array_new ();
    g_autofree Learner *learner = NULL;

    for (guint i = 0; i < examples->len; i++) {
      Example *example = g_ptr_array_index (examples, i);

      g_ptr_array_add (example->fold % n_folds == fold ? unseen : seen, example);
    }
    if (seen->len == 0)
      continue;
    learner = train (seen);
    measure (learner, unseen, &result);
  }
  print_result (&result, "over all folds");
}

/* The temperature under which held-out text is least surprising. */
static float
fit_temperature (const Learner *self, GPtrArray *held_out)
{
  float  best = 1;
  double least = G_MAXDOUBLE;

  for (float temperature = 0.5f; temperature < 6; temperature += 0.1f) {
    double loss = 0;

    for (guint i = 0; i < held_out->len; i++) {
      const Example *example = g_ptr_array_index (held_out, i);
      float          scores[UC_MODEL_CLASSES];

      score (self, example, scores);
      softmax (scores, UC_MODEL_CATEGORIES, temperature);
      loss -= log (MAX (scores[example->classes[0]], 1e-9));
    }
    if (loss < least) {
      least = loss;
      best = temperature;
    }
  }
  return best;
}

static gboolean
save (const Learner *self, float temperature, const char *path, GError **error)
{
  UcModelHead head = { .version = GUINT32_TO_LE (UC_MODEL_VERSION),
                       .n_buckets = GUINT32_TO_LE (UC_N_BUCKETS),
                       .n_classes = GUINT32_TO_LE (UC_MODEL_CLASSES),
                       .category_temperature = temperature,
                       .name = "linear-2" };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  float largest = 1e-6f;

  memcpy (head.magic, UC_MODEL_MAGIC, sizeof head.magic);
  for (guint b = 0; b < UC_N_BUCKETS; b++)
    for (guint c = 0; c < UC_MODEL_CLASSES; c++)
      largest = MAX (largest, fabsf (self->weights[b][c]));
  head.unit = largest / WEIGHT_RANGE;
  for (guint c = 0; c < UC_MODEL_CLASSES; c++)
    head.bias[c] = GINT32_TO_LE ((gint32) lrintf (self->bias[c] / head.unit));

  g_byte_array_append (out, (const guint8 *) &head, sizeof head);
  for (guint b = 0; b < UC_N_BUCKETS; b++)
    for (guint c = 0; c < UC_MODEL_CLASSES; c++) {
      gint16 weight = GINT16_TO_LE ((gint16) lrintf (self->weights[b][c] / head.unit));

      g_byte_array_append (out, (const guint8 *) &weight, sizeof weight);
    }
  return g_file_set_contents (path, (const char *) out->data, out->len, error);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) corpus = NULL;
  g_autofree char   *output = NULL;
  g_autofree char   *test_path = NULL;
  int                n_folds = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where the model goes", "FILE" },
    { "evaluate", 'e', 0, G_OPTION_ARG_FILENAME, &test_path, "Further lines to measure on",
      "FILE" },
    { "folds", 'f', 0, G_OPTION_ARG_INT, &n_folds, "Only measure, by so many folds", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &corpus, NULL, "CORPUS" },
    { NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GPtrArray) examples = g_ptr_array_new_with_free_func (example_free);
  g_autoptr (GPtrArray) held_out = g_ptr_array_new_with_free_func (example_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (example_free);
  g_autofree Learner *learner = NULL;
  g_autofree Learner *complete = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good;
  float    temperature;

  g_option_context_add_main_entries (options, entries, NULL);
  is_good = g_option_context_parse (options, &argc, &argv, &error);
  for (guint i = 0; is_good && corpus != NULL && corpus[i] != NULL; i++)
    is_good = load (corpus[i], examples, held_out, &error);
  if (is_good && test_path != NULL)
    is_good = load (test_path, others, NULL, &error);
  if (!is_good || examples->len == 0 || held_out->len == 0) {
    g_printerr ("train: %s\n", error != NULL ? error->message : "the corpus is empty");
    return 1;
  }

  if (n_folds > 1) {
    g_ptr_array_extend_and_steal (examples, g_steal_pointer (&held_out));
    cross_validate (examples, (guint) n_folds);
    return 0;
  }

  learner = train (examples);
  g_print ("%u lines learned, %u held out\n", examples->len, held_out->len);
  evaluate (learner, examples, "learned");
  evaluate (learner, held_out, "held out");
  temperature = fit_temperature (learner, held_out);

  /* What ships has seen everything; its quality is the one measured above. */
  g_ptr_array_extend_and_steal (examples, g_steal_pointer (&held_out));
  complete = train (examples);
  if (others->len > 0)
    evaluate (complete, others, "never seen");
  if (output != NULL && !save (complete, temperature, output, &error)) {
    g_printerr ("train: %s\n", error->message);
    return 1;
  }
  return 0;
}
