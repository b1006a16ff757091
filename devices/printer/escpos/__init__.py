"""Receipt printers that speak ESC/POS, 58 or 80 mm, over the network, a serial line or a device file.

Options (`[devices.options.printer]`), all of them text:

port
    Where the printer is: `tcp://192.168.1.50:9100` or just `192.168.1.50` (9100), a serial line `/dev/ttyS0` or
    `serial:/dev/…`, a device file `/dev/usb/lp0` or `file:/dev/…`. The only one that must be set.
paper
    `80mm` (the default) or `58mm`. It is also what the terminal believes this printer takes (`sizes`).
dots
    Dots across, where they are not the usual 576 or 384.
charset
    `gbk` (the default): what GBK lacks is drawn. `gb18030`: four-byte characters are sent as text. `raster`: every line
    is drawn, for printers without Chinese type.
qr
    `native` (the default) or `raster`, for printers that cannot draw a code themselves.
cutter
    `yes` (the default) or `no`.
status
    `full` (the default): asked before and after each paper. `none`: the printer never answers; the end of every paper
    is then unknown and reported so.
end
    `status` (the default): the end is what the printer says once it has worked through the data (`GS r`). `process`:
    what it says once the paper is printed (`GS ( H`, Epson and its faithful copies), falling back on the former.
patience
    Seconds a paper waits for a printer that is away, busy or has stopped before it is given up; 8 by default, at most
    30.
finish
    Seconds a printer may take to say that a paper is out, once it has all of it; 20 by default, at most 50.
baud, flow
    A serial line's speed (115200 by default) and flow control: `none` (the default), `rtscts`, `dsrdtr`, `xonxoff`.
"""

from devices.printer.escpos.driver import EscPosPrinter

__all__ = ["EscPosPrinter"]
