"""Readers with a SAM_V module: the desktop and built-in readers of resident ID cards, on a serial line, TCP or USB.

`frames` is how bytes become answers, `commands` what may be asked, `status` what an answer's third status byte means,
`serial_line` and `usb_line` the ways to a reader, `talk` one question with its deadline, `steps` the reading of a card,
`reader` the driver. The protocol as reader vendors publish it (身份证阅读器模块 SAM_V 通讯协议, after GA/T 467-2019).
"""
