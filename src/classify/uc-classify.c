/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The on-device model at work: sums the weights of a text's features and turns the
 * sums into a category, a priority and a confidence. It learns nothing: the weights
 * come from the trainer (train.c) when the program is built. */

#include "config.h"

#include "uc-classify.h"

#include "uc-classify-resources.h"
#include "uc-error.h"
#include "uc-model-private.h"

#include <math.h>
#include <string.h>

#define MODEL_RESOURCE "/com/example/UnifiedChat/classify/model"

struct _UcClassifier {
  GBytes       *bytes; /* (owned) what @weights points into, when it is aligned there */
  UcModelHead   head;
  const gint16 *weights;
  gint16       *copy; /* (owned) (nullable) */
};

/* The classes of the model, in its order. */
static const UcCategory categories[UC_MODEL_CATEGORIES] = {
  UC_CATEGORY_REQUEST,  UC_CATEGORY_QUESTION, UC_CATEGORY_INCIDENT, UC_CATEGORY_SCHEDULING,
  UC_CATEGORY_DECISION, UC_CATEGORY_UPDATE,   UC_CATEGORY_SOCIAL,
};

static const UcPriority priorities[UC_MODEL_PRIORITIES] = {
  UC_PRIORITY_CRITICAL,
  UC_PRIORITY_HIGH,
  UC_PRIORITY_NORMAL,
  UC_PRIORITY_LOW,
};

static gboolean
check_head (const UcModelHead *head, gsize size, GError **error)
{
  gsize wanted = sizeof *head + (gsize) UC_N_BUCKETS * UC_MODEL_CLASSES * sizeof (gint16);

  if (size == wanted && memcmp (head->magic, UC_MODEL_MAGIC, sizeof head->magic) == 0 &&
      head->version == UC_MODEL_VERSION && head->n_buckets == UC_N_BUCKETS &&
      head->n_classes == UC_MODEL_CLASSES && head->category_temperature > 0 && head->unit > 0 &&
      memchr (head->name, '\0', sizeof head->name) != NULL)
    return TRUE;

  g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                       "this is not a classification model of this version");
  return FALSE;
}

/**
 * uc_classifier_new_bytes:
 * @model: a model file
 *
 * Returns: (transfer full): a classifier, or %NULL with UC_ERROR_INVALID
 */
UcClassifier *
uc_classifier_new_bytes (GBytes *model, GError **error)
{
  g_autoptr (UcClassifier) self = g_new0 (UcClassifier, 1);
  gsize         size;
  const guint8 *data = g_bytes_get_data (model, &size);

  self->bytes = g_bytes_ref (model);
  memcpy (&self->head, data, MIN (size, sizeof self->head));
  if (!check_head (&self->head, size, error))
    return NULL;

  data += sizeof self->head;
  size -= sizeof self->head;
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  if ((gsize) data % sizeof (gint16) == 0) {
    self->weights = (const gint16 *) (gconstpointer) data;
    return g_steal_pointer (&self);
  }
#endif
  self->copy = g_malloc (size);
  memcpy (self->copy, data, size);
  for (gsize i = 0; i < size / sizeof (gint16); i++)
    self->copy[i] = GINT16_FROM_LE (self->copy[i]);
  self->weights = self->copy;
  return g_steal_pointer (&self);
}

/**
 * uc_classifier_new:
 *
 * Returns: (transfer full): the model that ships with the program
 */
UcClassifier *
uc_classifier_new (GError **error)
{
  g_autoptr (GBytes) model = g_resource_lookup_data (uc_classify_get_resource (), MODEL_RESOURCE,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return model != NULL ? uc_classifier_new_bytes (model, error) : NULL;
}

void
uc_classifier_free (UcClassifier *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->copy);
  g_free (self);
}

/**
 * uc_classifier_get_name:
 *
 * Returns: what annotations say decided them, as "linear-2"
 */
const char *
uc_classifier_get_name (UcClassifier *self)
{
  return self->head.name;
}

static guint
find_highest (const gint32 *scores, guint n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

/**
 * uc_classifier_classify:
 * @text: UTF-8, not necessarily ended by NUL
 * @length: in bytes
 *
 * The confidence is the softmax of the category's score, cooled by the temperature
 * that fits held-out text best (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks"). Features are counted with weight 1/sqrt(n), so that long texts do not
 * shout.
 *
 * Returns: category, priority and confidence; any thread, no allocation
 */
UcClassification
uc_classifier_classify (UcClassifier *self, const char *text, gsize length)
{
  UcFeatures features;
  gint32     scores[UC_MODEL_CLASSES] = { 0 };
  double     scale, sum = 0;
  guint      category, priority;

  _uc_features_extract (&features, text, length, NULL, NULL);
  for (guint i = 0; i < features.n; i++) {
    const gint16 *row = self->weights + (gsize) features.buckets[i] * UC_MODEL_CLASSES;

    for (guint c = 0; c < UC_MODEL_CLASSES; c++)
      scores[c] += row[c];
  }
  scale = 1 / sqrt (MAX (features.n, 1));
  for (guint c = 0; c < UC_MODEL_CLASSES; c++)
    scores[c] = (gint32) (scores[c] * scale) + self->head.bias[c];

  category = find_highest (scores, UC_MODEL_CATEGORIES);
  priority = find_highest (scores + UC_MODEL_CATEGORIES, UC_MODEL_PRIORITIES);
  priority = _uc_model_settle_priority (category, priority);
  for (guint c = 0; c < UC_MODEL_CATEGORIES; c++)
    sum += exp ((scores[c] - scores[category]) * (double) self->head.unit /
                self->head.category_temperature);
  return (UcClassification){
    .category = categories[category],
    .priority = priorities[priority],
    .confidence = 1 / sum,
  };
}

typedef struct {
  UcClassifier *classifier;
  guint class;
  GArray *words; /* (element-type WeighedWord) */
} Explanation;

typedef struct {
  const char *start;
  gsize       length;
  int         weight;
} WeighedWord;

static void
weigh_word (guint16 bucket, const char *word, gsize length, gpointer user_data)
{
  Explanation  *self = user_data;
  const gint16 *row = self->classifier->weights + (gsize) bucket * UC_MODEL_CLASSES;
  WeighedWord   weighed = { word, length, row[self->class] };

  if (weighed.weight > 0)
    g_array_append_val (self->words, weighed);
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const WeighedWord *left = a, *right = b;

  return right->weight - left->weight;
}

/**
 * uc_classifier_explain:
 * @n_words: at most so many
 *
 * Returns: (transfer full) (element-type utf8): the words of @text that spoke most for
 *   its category, the strongest first; may be empty
 */
GPtrArray *
uc_classifier_explain (UcClassifier *self, const char *text, guint n_words)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (WeighedWord));
  GPtrArray       *result = g_ptr_array_new_with_free_func (g_free);
  UcClassification found = uc_classifier_classify (self, text, strlen (text));
  Explanation      explanation = { self, 0, words };
  UcFeatures       features;

  while (categories[explanation.class] != found.category)
    explanation.class ++;
  _uc_features_extract (&features, text, strlen (text), weigh_word, &explanation);
  g_array_sort (words, compare_weights);
  for (guint i = 0; i < words->len && result->len < n_words; i++) {
    const WeighedWord *word = &g_array_index (words, WeighedWord, i);
    g_autofree char   *copy = g_strndup (word->start, word->length);

    if (!g_ptr_array_find_with_equal_func (result, copy, g_str_equal, NULL))
      g_ptr_array_add (result, g_steal_pointer (&copy));
  }
  return result;
}

/**
 * uc_classify_get_actions:
 *
 * Returns: what can usefully be done about such a message, words of extension-api.md
 *   separated by blanks; "" for nothing
 */
const char *
uc_classify_get_actions (UcCategory category, UcPriority priority)
{
  switch (category) {
  case UC_CATEGORY_REQUEST:
    return priority >= UC_PRIORITY_HIGH ? "acknowledge task reply" : "task reply remind";
  case UC_CATEGORY_QUESTION:
    return "reply remind";
  case UC_CATEGORY_INCIDENT:
    return priority >= UC_PRIORITY_HIGH ? "acknowledge escalate" : "acknowledge task";
  case UC_CATEGORY_SCHEDULING:
    return "calendar reply";
  case UC_CATEGORY_DECISION:
    return "pin acknowledge";
  case UC_CATEGORY_UPDATE:
    return priority >= UC_PRIORITY_HIGH ? "acknowledge" : "";
  case UC_CATEGORY_SOCIAL:
  case UC_CATEGORY_NONE:
  default:
    return "";
  }
}
