/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcFaultPump:
 *
 * One direction of a connection: gathers what comes in, writes out what it is given.
 * Each word to its owner holds the owner, a reference counted box.
 */
typedef struct _UcFaultPump UcFaultPump;

typedef struct {
  void (*came) (gpointer owner, UcFaultPump *pump);  /* more is in @in */
  void (*ended) (gpointer owner, UcFaultPump *pump); /* nothing more comes */
  void (*left) (gpointer owner, UcFaultPump *pump);  /* everything is written */
  void (*failed) (gpointer owner);                   /* it cannot be written */
  void (*unref) (gpointer owner);
} UcFaultPumpClass;

struct _UcFaultPump {
  gpointer                owner; /* (unowned) */
  const UcFaultPumpClass *klass;
  GInputStream           *from;        /* (unowned) */
  GOutputStream          *to;          /* (unowned) */
  GCancellable           *cancellable; /* (unowned) */
  guint8                  buffer[65536];
  GByteArray             *in;      /* (owned) read and not taken yet */
  GByteArray             *out;     /* (owned) to be written */
  GByteArray             *writing; /* (owned) (nullable) */
};

void uc_fault_pump_init  (UcFaultPump            *self,
                          gpointer                owner,
                          const UcFaultPumpClass *klass,
                          GIOStream              *from,
                          GIOStream              *to,
                          GCancellable           *cancellable);
void uc_fault_pump_clear (UcFaultPump            *self);
void uc_fault_pump_read  (UcFaultPump            *self);
void uc_fault_pump_put   (UcFaultPump            *self,
                          gconstpointer           data,
                          gsize                   length);
/* Takes the first bytes away. */
void uc_fault_pump_take  (UcFaultPump            *self,
                          gsize                   length);

G_END_DECLS
