import QtQuick
import QtQuick.Layouts
import "../theme"

// A private value: masked, whole only while the button is held.
GridLayout {
    id: masked

    required property string hidden
    required property string full
    property string role: "body"
    property bool strong: false

    columns: !hold.visible || value.implicitWidth + hold.implicitWidth + 2 * columnSpacing <= width ? 3 : 1
    columnSpacing: GsTheme.gap
    rowSpacing: 0

    GsText {
        id: value
        Layout.fillWidth: true
        Layout.maximumWidth: hold.visible ? GsTheme.px(560 * GsTheme.titles) : Number.POSITIVE_INFINITY
        text: hold.down ? masked.full : masked.hidden
        role: masked.role
        strong: masked.strong
    }
    GsButton {
        id: hold
        visible: masked.full !== masked.hidden
        small: true
        kind: "quiet"
        iconName: down ? "eye" : "eye-off"
        text: qsTr("按住看")
    }
    Item {
        visible: hold.visible && masked.columns > 1
        Layout.fillWidth: true
    }
}
