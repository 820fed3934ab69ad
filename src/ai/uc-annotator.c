/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The annotation queue. It listens to the store, classifies what came in and, a
 * batch at a time and with pauses, the history; its results go back as batches, like
 * everything else that reaches the screen. It never touches an annotation of the
 * server or of the user, and with AI mode off it does nothing at all. */

#include "config.h"

#include "uc-annotator.h"

#include "uc-thread.h"

#include <string.h>

/* History is taken in small helpings with a pause between them, so that an old laptop
 * stays cool: at most 200 messages in 2 s. */
#define HISTORY_HELPING  200
#define HISTORY_PAUSE_MS 2000

/**
 * UcAnnotator:
 *
 * See the header. Two sources feed it: the change sets of the store (what is new is
 * classified at once) and, while there is any, the backlog. One helping is under way
 * at a time.
 */
struct _UcAnnotator {
  GObject parent_instance;

  UcStore      *store;       /* (owned) */
  UcFlags      *flags;       /* (owned) */
  UcClock      *clock;       /* (owned) */
  UcClassifier *classifier;  /* (owned) (nullable): loaded when first needed */
  GCancellable *cancellable; /* (owned) of the run; new with each switching on */
  GPtrArray    *fresh;       /* (element-type UcMessage) not classified yet */
  guint         pause_id;
  gboolean      is_enabled;
  gboolean      is_active;
  gboolean      is_working; /* a helping is under way */
};

G_DEFINE_FINAL_TYPE (UcAnnotator, uc_annotator, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ENABLED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* One helping: read on the main thread, classified on a thread of GIO. */
typedef struct {
  UcClassifier *classifier; /* (unowned) outlives the task: the source object holds it */
  GPtrArray    *messages;   /* (element-type UcMessage) */
  gint64        now_ms;
  UcBatch      *batch; /* result */
} Helping;

static void work (UcAnnotator *self);

static void
helping_free (gpointer data)
{
  Helping *self = data;

  g_ptr_array_unref (self->messages);
  g_clear_pointer (&self->batch, uc_batch_free);
  g_free (self);
}

static gboolean
wants_annotation (const UcMessage *message)
{
  const UcPost *post = message->post;

  return post->delete_at_ms == 0 && post->message[0] != '\0' && !uc_post_is_system (post) &&
         (message->annotation == NULL || message->annotation->source == UC_SOURCE_PLACEHOLDER);
}

static void
classify_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Helping *helping = task_data;

  helping->batch = uc_batch_new ();
  for (guint i = 0; i < helping->messages->len; i++) {
    UcMessage       *message = g_ptr_array_index (helping->messages, i);
    const char      *text = message->post->message;
    UcClassification found = uc_classifier_classify (helping->classifier, text, strlen (text));
    g_autoptr (UcAnnotation) annotation = uc_annotation_new ();

    annotation->category = found.category;
    annotation->priority = found.priority;
    annotation->confidence = found.confidence;
    annotation->source = UC_SOURCE_DEVICE;
    annotation->at_ms = helping->now_ms;
    g_set_str (&annotation->model, uc_classifier_get_name (helping->classifier));
    g_set_str (&annotation->actions, uc_classify_get_actions (found.category, found.priority));
    uc_batch_put_annotation (helping->batch, message->seq, annotation);
  }
  g_task_return_boolean (task, TRUE);
}

static gboolean
pause_over_cb (gpointer user_data)
{
  UcAnnotator *self = user_data;

  self->pause_id = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcAnnotator) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_working = FALSE;
  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    /* The messages stay without a flag and are met again at the next start. */
    g_warning ("Annotations were not stored: %s", error->message);
    return;
  }
  if (!self->is_active)
    return;
  if (self->fresh->len > 0)
    work (self);
  else if (self->pause_id == 0)
    self->pause_id = g_timeout_add (HISTORY_PAUSE_MS, pause_over_cb, self);
}

static void
classified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcAnnotator *self = UC_ANNOTATOR (source);
  Helping     *helping = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || !self->is_active) {
    /* Switched off meanwhile, and perhaps on again: then the backlog has these. */
    self->is_working = FALSE;
    work (self);
    return;
  }
  uc_store_apply_async (self->store, g_steal_pointer (&helping->batch), applied_cb,
                        g_object_ref (self));
}

static void
classify (UcAnnotator *self, GPtrArray *messages)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, classified_cb, NULL);
  Helping *helping = g_new0 (Helping, 1);

  g_task_set_source_tag (task, classify);
  helping->classifier = self->classifier;
  helping->messages = g_ptr_array_ref (messages);
  helping->now_ms = uc_clock_get_now_ms (self->clock);
  g_task_set_task_data (task, helping, helping_free);
  g_task_run_in_thread (task, classify_in_thread);
}

static void
backlog_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcAnnotator) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages =
      uc_store_load_unclassified_finish (UC_STORE (source), result, &error);

  if (messages != NULL && messages->len > 0 && self->is_active) {
    classify (self, messages);
    return;
  }
  self->is_working = FALSE;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_warning ("Reading what is to be classified: %s", error->message);
    return;
  }
  /* What came in meanwhile; or it was switched off and on again. */
  if (error != NULL || self->fresh->len > 0)
    work (self);
}

/* Takes the next helping: what is new first, else from the backlog. */
static void
work (UcAnnotator *self)
{
  if (!self->is_active || self->is_working)
    return;

  self->is_working = TRUE;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->fresh->len > 0) {
    g_autoptr (GPtrArray) messages = g_steal_pointer (&self->fresh);

    self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
    classify (self, messages);
    return;
  }
  uc_store_load_unclassified_async (self->store, HISTORY_HELPING, self->cancellable, backlog_cb,
                                    g_object_ref (self));
}

static void
store_changed_cb (UcAnnotator *self, UcChangeSet *changes, UcStore *store)
{
  if (!self->is_active)
    return;

  for (guint i = 0; i < changes->messages->len; i++) {
    const UcMessageChange *change = g_ptr_array_index (changes->messages, i);

    if (change->kind != UC_MESSAGE_REMOVED && wants_annotation (change->message))
      g_ptr_array_add (self->fresh, uc_message_ref (change->message));
  }
  if (self->fresh->len > 0)
    work (self);
}

static void
update_active (UcAnnotator *self)
{
  gboolean is_active = self->is_enabled && uc_flags_is_on (self->flags, UC_FLAG_ai_mode);

  if (is_active && self->classifier == NULL) {
    g_autoptr (GError) error = NULL;

    self->classifier = uc_classifier_new (&error);
    if (self->classifier == NULL) {
      uc_flags_trip (self->flags, UC_FLAG_ai_mode, error->message);
      is_active = FALSE;
    }
  }
  if (is_active == self->is_active)
    return;

  self->is_active = is_active;
  if (is_active) {
    g_clear_object (&self->cancellable);
    self->cancellable = g_cancellable_new ();
    work (self);
  } else {
    g_cancellable_cancel (self->cancellable);
    g_clear_handle_id (&self->pause_id, g_source_remove);
    g_ptr_array_set_size (self->fresh, 0);
  }
}

static void
flag_changed_cb (UcAnnotator *self, guint flag, UcFlags *flags)
{
  if (flag == UC_FLAG_ai_mode)
    update_active (self);
}

static void
uc_annotator_dispose (GObject *object)
{
  UcAnnotator *self = UC_ANNOTATOR (object);

  self->is_active = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->flags);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (uc_annotator_parent_class)->dispose (object);
}

static void
uc_annotator_finalize (GObject *object)
{
  UcAnnotator *self = UC_ANNOTATOR (object);

  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_pointer (&self->classifier, uc_classifier_free);

  G_OBJECT_CLASS (uc_annotator_parent_class)->finalize (object);
}

static void
uc_annotator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  UcAnnotator *self = UC_ANNOTATOR (object);

  switch (id) {
  case PROP_ENABLED:
    g_value_set_boolean (value, self->is_enabled);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
uc_annotator_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_ENABLED:
    uc_annotator_set_enabled (UC_ANNOTATOR (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
uc_annotator_class_init (UcAnnotatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_annotator_dispose;
  object_class->finalize = uc_annotator_finalize;
  object_class->get_property = uc_annotator_get_property;
  object_class->set_property = uc_annotator_set_property;

  /**
   * UcAnnotator:enabled:
   *
   * Whether the user wants AI mode; a setting is bound to it.
   */
  properties[PROP_ENABLED] =
      g_param_spec_boolean ("enabled", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
uc_annotator_init (UcAnnotator *self)
{
  self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
}

/**
 * uc_annotator_new:
 * @store: an open store
 *
 * Returns: (transfer full): an annotator that is switched off
 */
UcAnnotator *
uc_annotator_new (UcStore *store, UcFlags *flags, UcClock *clock)
{
  UcAnnotator *self = g_object_new (UC_TYPE_ANNOTATOR, NULL);

  UC_ASSERT_MAIN_THREAD ();
  self->store = g_object_ref (store);
  self->flags = g_object_ref (flags);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flags, "changed", G_CALLBACK (flag_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * uc_annotator_set_enabled:
 * @enabled: whether the user wants AI mode
 *
 * Takes effect at once; switching off stops what is under way, and nothing of it is
 * stored any more.
 */
void
uc_annotator_set_enabled (UcAnnotator *self, gboolean enabled)
{
  g_return_if_fail (UC_IS_ANNOTATOR (self));

  if (self->is_enabled == enabled)
    return;
  self->is_enabled = enabled;
  update_active (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * uc_annotator_is_active:
 *
 * Returns: whether it classifies: wanted by the user and allowed by the flag ai_mode
 */
gboolean
uc_annotator_is_active (UcAnnotator *self)
{
  g_return_val_if_fail (UC_IS_ANNOTATOR (self), FALSE);

  return self->is_active;
}
