import QtQuick
import Jinban
import "../theme"
import "../components"

// Being written down for good; takes a moment and cannot be touched.
Item {
    id: screen

    required property Kiosk kiosk

    GsWaiting {
        anchors.centerIn: parent
        width: parent.width - 2 * GsTheme.margin
        text: qsTr("正在为您存好，请稍等")
    }
}
