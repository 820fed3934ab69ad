/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"

G_BEGIN_DECLS

/* Remembers people that were read on another way. */
void         _uc_directory_take_people      (UcDirectory *self,
                                            GPtrArray   *users);
const char  *_uc_directory_get_my_id        (UcDirectory *self);
/* (element-type UcPreference): how the user wants people called. */
UcNameFormat _uc_directory_read_name_format (GPtrArray   *preferences);

G_END_DECLS
