/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See uc-test-model.h. */

#include "config.h"

#include "uc-test-model.h"

struct _UcTestModel {
  GListModel *model; /* (owned) */
  GPtrArray  *told;  /* (owned) (element-type GObject) what items-changed made of it */
  gulong      handler;
  guint       n_changes;
};

static void
items_changed_cb (GListModel  *model,
                  guint        position,
                  guint        n_removed,
                  guint        n_added,
                  UcTestModel *self)
{
  g_assert_cmpuint (position + n_removed, <=, self->told->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (self->told, position, n_removed);
  for (guint i = 0; i < n_added; i++) {
    gpointer item = g_list_model_get_item (model, position + i);

    g_assert_nonnull (item);
    g_ptr_array_insert (self->told, (int) (position + i), item);
  }
  self->n_changes++;
  uc_test_model_check (self);
}

UcTestModel *
uc_test_model_watch (GListModel *model)
{
  UcTestModel *self = g_new0 (UcTestModel, 1);

  self->model = g_object_ref (model);
  self->told = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->told, g_list_model_get_item (model, i));
  self->handler = g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

void
uc_test_model_check (UcTestModel *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->told->len);
  for (guint i = 0; i < self->told->len; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

    g_assert_true (item == self->told->pdata[i]);
    g_assert_true (g_hash_table_add (seen, item));
    g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (item, g_list_model_get_item_type (self->model)));
  }
  g_assert_null (g_list_model_get_item (self->model, self->told->len));
}

guint
uc_test_model_count (UcTestModel *self)
{
  guint n = self->n_changes;

  self->n_changes = 0;
  return n;
}

void
uc_test_model_free (UcTestModel *self)
{
  g_signal_handler_disconnect (self->model, self->handler);
  g_ptr_array_unref (self->told);
  g_object_unref (self->model);
  g_free (self);
}
